namespace Betar.Ethereum.Devnet;

/// <summary>A transaction with everything decided that needs no state: its sender, its call, the worth of the call's signature.</summary>
/// <param name="Transaction">Null for the faucet's own.</param>
internal sealed record PreparedTransaction(Hash32 Hash, Address Sender, ReadOnlyMemory<byte> Raw, Eip1559Transaction? Transaction, TokenCall Call)
{
    internal bool IsMint => Transaction is null;

    internal ulong GasNeeded => Transaction is null ? 0 : TokenGas.Needed(Call, Transaction.Data.Span);
}
