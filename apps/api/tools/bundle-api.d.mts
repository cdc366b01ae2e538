/** Packages that are not joined. */
export declare const apart: RegExp[];
export declare function bundleApi(): Promise<void>;
