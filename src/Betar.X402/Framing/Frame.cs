namespace Betar.X402.Framing;

/// <summary>One typed message of a stream.</summary>
public sealed record Frame(string Type, ReadOnlyMemory<byte> Data);
