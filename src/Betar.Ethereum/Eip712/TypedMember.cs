namespace Betar.Ethereum.Eip712;

/// <summary>A member of a struct: its name, and its type as EIP-712 writes it.</summary>
public sealed record TypedMember(string Name, string Type);
