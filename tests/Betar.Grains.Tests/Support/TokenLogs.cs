using System.Text;
using Betar.Crypto;
using Betar.Ethereum;

namespace Betar.Grains.Tests.Support;

/// <summary>The token's events as a node shows them.</summary>
internal static class TokenLogs
{
    private static readonly Hash32 s_transfer = Topic("Transfer(address,address,uint256)");
    private static readonly Hash32 s_used = Topic("AuthorizationUsed(address,bytes32)");
    private static readonly Hash32 s_canceled = Topic("AuthorizationCanceled(address,bytes32)");

    public static LogEntry Transfer(Hash32 transaction, Address from, Address to, ulong value)
    {
        byte[] word = new byte[32];
        ((UInt256)value).WriteBigEndian(word);
        return Log(transaction, [s_transfer, Word(from), Word(to)], word);
    }

    public static LogEntry Used(Hash32 transaction, Address payer, Hash32 nonce) => Log(transaction, [s_used, Word(payer), nonce], default);

    public static LogEntry Canceled(Hash32 transaction, Address payer, Hash32 nonce) => Log(transaction, [s_canceled, Word(payer), nonce], default);

    public static TransactionReceipt Receipt(Hash32 transaction, params LogEntry[] logs) =>
        new(transaction, true, 1, Hash32.Zero, 0, Samples.Payee, Samples.Token, 1, logs);

    private static LogEntry Log(Hash32 transaction, Hash32[] topics, ReadOnlyMemory<byte> data) =>
        new(Samples.Token, topics, data, 1, Hash32.Zero, transaction, 0, 0);

    private static Hash32 Topic(string signature) => new(Keccak256.Hash(Encoding.ASCII.GetBytes(signature)));

    private static Hash32 Word(Address address)
    {
        byte[] word = new byte[32];
        address.CopyTo(word.AsSpan(12));
        return new Hash32(word);
    }
}
