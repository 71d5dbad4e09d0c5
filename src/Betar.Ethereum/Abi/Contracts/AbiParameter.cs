namespace Betar.Ethereum;

/// <summary>An input or output of a function, event or error. The name may be empty.</summary>
public sealed record AbiParameter(string Name, AbiType Type, bool IsIndexed = false);
