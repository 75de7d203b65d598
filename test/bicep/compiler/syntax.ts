/** An expression of Bicep. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean | null }
  | { readonly kind: 'text'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'object'; readonly properties: readonly Property[]; readonly children: readonly Declaration[] }
  | { readonly kind: 'member'; readonly of: Expression; readonly key: Expression; readonly isSafe: boolean }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'lambda'; readonly name: string; readonly body: Expression }
  | { readonly kind: 'not'; readonly of: Expression }
  | { readonly kind: 'binary'; readonly sign: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'ternary'; readonly test: Expression; readonly yes: Expression; readonly no: Expression }
  | { readonly kind: 'if'; readonly test: Expression; readonly body: Expression }
  | Loop;

/** `[for item in of: body]` or `[for (item, index) in of: body]`. */
export interface Loop {
  readonly kind: 'for';
  readonly item: string;
  readonly index: string | undefined;
  readonly of: Expression;
  readonly body: Expression;
}

export interface Property {
  readonly key: Expression;
  readonly value: Expression;
}

/** What a Bicep file declares. `target`: a resource's type and version, or a path; `names`: what is imported, or a function's parameters. */
export interface Declaration {
  readonly kind: 'param' | 'var' | 'resource' | 'module' | 'output' | 'func' | 'import';
  readonly name: string;
  readonly value?: Expression | undefined;
  readonly target?: string;
  readonly isExisting?: boolean;
  readonly names?: readonly string[];
}
