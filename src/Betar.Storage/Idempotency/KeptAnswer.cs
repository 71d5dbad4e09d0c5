namespace Betar.Storage.Idempotency;

/// <summary>What was answered to the first request with a key.</summary>
public sealed record KeptAnswer(int Status, string ContentType, ReadOnlyMemory<byte> Body);
