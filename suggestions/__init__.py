"""建议、提案、审议意见、日常意见: from registration through reply to evaluation. Four kinds, counted apart."""
