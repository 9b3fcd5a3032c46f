/** What a workspace says of its own checks; read from the folder that the checks run in. */
export const PROJECT_FILE = ".entropy-check.yaml";
