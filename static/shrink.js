/* A photo as large as it will be printed: the phone sends a tenth of the bytes. Upright, as the camera meant it.
   What this browser cannot read (HEIC outside of Safari) and what would not become smaller is sent as it is. */
(() => {
  "use strict";
  const LONGEST = 1600; // PRINT_SIDE of common/photo_decoder.py
  const SMALL = 1024 * 1024;
  const QUALITY = 0.9;

  const drawn = (picture) => {
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const paper = canvas.getContext("2d");
    paper.fillStyle = "#fff"; // what is transparent would turn black
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.imageSmoothingQuality = "high";
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas;
  };

  window.zhiheShrink = async (file) => {
    try {
      const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
      const enough = Math.max(picture.width, picture.height) <= LONGEST && file.size <= SMALL;
      const canvas = enough ? null : drawn(picture);
      picture.close();
      if (enough) return file;
      const small = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
      return small && small.size < file.size ? small : file;
    } catch {
      return file;
    }
  };
})();
