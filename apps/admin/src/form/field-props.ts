export interface FieldProps {
  /** Dot path in the form's values. */
  name: string;
  label: string;
  help?: string;
  required?: boolean;
}
