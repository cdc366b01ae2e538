const shape = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Whether a text can be an id at all. What is none is unknown, and the database need not be asked. */
export const isUuid = (text: string): boolean => shape.test(text);
