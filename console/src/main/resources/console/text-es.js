export { default } from "./text-en.js";
