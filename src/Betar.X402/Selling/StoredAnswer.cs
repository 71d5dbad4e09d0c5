namespace Betar.X402.Selling;

/// <summary>An answer as it went to the buyer, and as it goes again: status, headers of the handler, body.</summary>
public sealed record StoredAnswer(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
