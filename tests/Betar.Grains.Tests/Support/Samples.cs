using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Payments;
using Betar.Grains.Payments;
using Betar.Storage.Ledger;
using Betar.X402;

namespace Betar.Grains.Tests.Support;

/// <summary>Orders, specs and ledger entries to fold.</summary>
internal static class Samples
{
    public static readonly Address Payer = Address.Parse("0x2c7536E3605D9C16a7a3D7b1898e529396a65c23");
    public static readonly Address Payee = Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1");
    public static readonly Address Token = Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e");
    public static readonly Hash32 Nonce = Hash32.Parse("0x000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
    public static readonly Hash32 Transaction = Hash32.Parse("0x" + new string('a', 64));

    public static PaymentKey Key => new(NetworkId.BaseSepolia, Token, Payer, new Nonce(Nonce));

    public static PaidOrder Order => new()
    {
        AgentId = "did:test:agent",
        CorrelationId = "c-1",
        Peer = "peer",
        Caller = "peer/caller",
        Input = "2 + 2 < 5 ü",
        Network = "eip155:84532",
        Asset = Token.ToString(),
        From = Payer.ToString(),
        To = Payee.ToString(),
        Value = "1000",
        ValidAfter = 10,
        ValidBefore = 70,
        Nonce = Nonce.ToString(),
        Signature = new string('1', 128) + "1b",
        Fingerprint = "0x" + new string('f', 64),
    };

    public static AgentSpec Spec => new()
    {
        AgentId = "did:test:agent",
        Name = "agent",
        PriceAtomic = "1000",
        PayTo = Payee.ToString(),
        ExecutorKind = "builtin",
        ExecutorTarget = "echo",
    };

    public static LedgerEntry Entry(int index, LedgerKind kind, string reference = "", byte[]? body = null) => new(
        index + 1, Key, index, kind, DateTimeOffset.UnixEpoch, Order.AgentId, AtomicAmount.Parse("1000"), reference,
        body ?? (index == 0 ? OrderState.Encode(Order) : []), Hash32.Zero, Hash32.Zero);
}
