using System.Text;

namespace Betar.Ethereum.Devnet;

/// <summary>What the devnet chain is and how much it holds.</summary>
public sealed class DevnetOptions
{
    /// <summary>1 to 2^53 - 1, and never a chain that carries value. Default 84532, Base Sepolia, which this chain stands in for.</summary>
    public ulong ChainId { get; init; } = 84532;

    /// <summary>Where USDC lives. Default: its address on Base Sepolia.</summary>
    public Address Token { get; init; } = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e");

    /// <summary>The token's name in its signing domain, 1 to 64 bytes. Default "USDC".</summary>
    public string TokenName { get; init; } = "USDC";

    /// <summary>The token's version in its signing domain, 1 to 64 bytes. Default "2".</summary>
    public string TokenVersion { get; init; } = "2";

    /// <summary>Whether waiting transactions make a block at once; otherwise devnet_mine does. Default true.</summary>
    public bool MineAutomatically { get; init; } = true;

    /// <summary>Transactions in one block. 1 to 10,000. Default 1,000.</summary>
    public int MaxBlockTransactions { get; init; } = 1_000;

    /// <summary>Transactions that wait, of all accounts. 1 to 1,000,000. Default 10,000.</summary>
    public int MaxPoolTransactions { get; init; } = 10_000;

    /// <summary>How far a nonce may be ahead of its account's. 1 to 100,000. Default 1,000.</summary>
    public int MaxNonceGap { get; init; } = 1_000;

    /// <summary>Requests in one JSON-RPC batch. 1 to 10,000. Default 1,000.</summary>
    public int MaxBatch { get; init; } = 1_000;

    /// <summary>Bytes of one JSON-RPC body. 1 KiB to 64 MiB. Default 8 MiB.</summary>
    public int MaxRequestBytes { get; init; } = 8 * 1024 * 1024;

    /// <summary>Logs in one answer of eth_getLogs. 1 to 1,000,000. Default 10,000.</summary>
    public int MaxLogs { get; init; } = 10_000;

    /// <summary>How long eth_sendRawTransactionSync waits when the caller names no time. 1 ms to 1 hour. Default 2 s, as EIP-7966 advises.</summary>
    public TimeSpan SyncTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest such wait that a caller may ask for. 1 ms to 1 hour. Default 1 minute.</summary>
    public TimeSpan MaxSyncTimeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Signatures of one batch that are checked at the same time. 1 to 64. Default 2.</summary>
    public int VerificationParallelism { get; init; } = 2;

    /// <summary>Every fault of the values, all at once.</summary>
    public IReadOnlyList<string> Validate()
    {
        var faults = new List<string>();
        Check(ChainId is >= 1 and <= (1UL << 53) - 1, "ChainId is 1 to 2^53 - 1.");
        Check(!ValueChains.Contains(ChainId), $"Chain {ChainId} carries real value: the devnet stands in for test chains only; choose another id, such as 84532.");
        Check(!Token.IsZero, "Token is not the zero address.");
        Check(Encoding.UTF8.GetByteCount(TokenName) is >= 1 and <= 64, "TokenName is 1 to 64 bytes.");
        Check(Encoding.UTF8.GetByteCount(TokenVersion) is >= 1 and <= 64, "TokenVersion is 1 to 64 bytes.");
        Check(MaxBlockTransactions is >= 1 and <= 10_000, "MaxBlockTransactions is 1 to 10,000.");
        Check(MaxPoolTransactions is >= 1 and <= 1_000_000, "MaxPoolTransactions is 1 to 1,000,000.");
        Check(MaxNonceGap is >= 1 and <= 100_000, "MaxNonceGap is 1 to 100,000.");
        Check(MaxBatch is >= 1 and <= 10_000, "MaxBatch is 1 to 10,000.");
        Check(MaxRequestBytes is >= 1024 and <= 64 * 1024 * 1024, "MaxRequestBytes is 1 KiB to 64 MiB.");
        Check(MaxLogs is >= 1 and <= 1_000_000, "MaxLogs is 1 to 1,000,000.");
        Check(IsWait(SyncTimeout), "SyncTimeout is 1 ms to 1 hour.");
        Check(IsWait(MaxSyncTimeout), "MaxSyncTimeout is 1 ms to 1 hour.");
        Check(VerificationParallelism is >= 1 and <= 64, "VerificationParallelism is 1 to 64.");
        return faults;

        static bool IsWait(TimeSpan time) => time >= TimeSpan.FromMilliseconds(1) && time <= TimeSpan.FromHours(1);

        void Check(bool holds, string fault)
        {
            if (!holds)
                faults.Add(fault);
        }
    }
}
