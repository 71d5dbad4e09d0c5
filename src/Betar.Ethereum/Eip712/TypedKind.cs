namespace Betar.Ethereum.Eip712;

/// <summary>A member's type taken apart: a word or text of the ABI, a struct, or a list of either (<see cref="Length"/> is -1 when open).</summary>
internal sealed record TypedKind(AbiType? Atom, string? Struct, TypedKind? Element, int Length);
