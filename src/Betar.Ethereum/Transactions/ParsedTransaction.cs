namespace Betar.Ethereum;

/// <summary>A transaction whose signature nobody has checked yet.</summary>
internal sealed record ParsedTransaction(Eip1559Transaction Transaction, ReadOnlyMemory<byte> Raw, byte[] Signature, int RecoveryId);
