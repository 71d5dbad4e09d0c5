using System.Text.Json;
using System.Text.Json.Nodes;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Tests.Support;
using Betar.X402.Wire;

namespace Betar.Interop.Tests.X402;

/// <summary>A payment of now that is right but for one thing; what is signed is what is sent, unless that is the fault.</summary>
internal sealed record FaultyPayment
{
    private const string Usdc = "0x036CbD53842c5426634e7929541eC2318f3dCF7e";
    private readonly long _now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();

    public int Version { get; init; } = 2;

    public string Scheme { get; init; } = "exact";

    public string Network { get; init; } = "eip155:84532";

    public string To { get; init; } = Vectors.Seller;

    public ulong Value { get; init; } = 50_000;

    public ulong Amount { get; init; } = 50_000;

    /// <summary>Seconds from now.</summary>
    public long ValidAfter { get; init; } = -10;

    public long ValidBefore { get; init; } = 60;

    public string Name { get; init; } = "USDC";

    public ulong ChainId { get; init; } = 84532;

    /// <summary>What the seller states of the token; null for nothing.</summary>
    public string? Extra { get; init; } = """{"name":"USDC","version":"2"}""";

    public string Signer { get; init; } = "marketplace test payer";

    public Func<byte[], byte[]> Signature { get; init; } = static signature => signature;

    internal FacilitatorCall Build()
    {
        var nonce = Nonce.Random();
        var offer = new Requirement
        {
            Scheme = "exact", Network = "eip155:84532", Amount = $"{Amount}", Asset = Usdc, PayTo = Vectors.Seller, MaxTimeoutSeconds = 60,
            Extra = Extra is null ? null : JsonDocument.Parse(Extra).RootElement,
        };
        var content = new JsonObject
        {
            ["signature"] = "0x" + Convert.ToHexStringLower(Signature(Sign(nonce))),
            ["authorization"] = new JsonObject
            {
                ["from"] = Vectors.Payer, ["to"] = To, ["value"] = $"{Value}",
                ["validAfter"] = $"{_now + ValidAfter}", ["validBefore"] = $"{_now + ValidBefore}", ["nonce"] = nonce.ToString(),
            },
        };
        return new FacilitatorCall
        {
            Payment = new PaymentPayload
            {
                Version = Version, Scheme = Scheme, Network = Network, Accepted = Version == 1 ? null : offer with { Scheme = Scheme, Network = Network },
                Payload = JsonDocument.Parse(content.ToJsonString()).RootElement,
            },
            Requirement = offer,
            Resource = new ResourceInfo { Url = "https://alice.example/a2a", Description = "d", MimeType = "application/json" },
        };
    }

    private byte[] Sign(Nonce nonce)
    {
        using var key = Vectors.Key(Signer);
        var digest = new byte[32];
        TransferAuthorizationHasher.Digest(
            new PaymentAsset(new NetworkId(ChainId), Address.Parse(Usdc), Name, "2").Domain,
            new TransferTerms(Address.Parse(Vectors.Payer), Address.Parse(To), Value, (ulong)(_now + ValidAfter), (ulong)(_now + ValidBefore), nonce),
            digest);
        var signature = new byte[65];
        key.Sign(digest, signature);
        signature[64] += 27;
        return signature;
    }

    internal static byte[] HighS(byte[] signature)
    {
        // n - s, and the other parity.
        var order = UInt256.ReadBigEndian(Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141"));
        var twin = signature.ToArray();
        (order - UInt256.ReadBigEndian(signature.AsSpan(32, 32))).WriteBigEndian(twin.AsSpan(32, 32));
        twin[64] = (byte)(55 - twin[64]);
        return twin;
    }

    internal static byte[] Compact(byte[] signature)
    {
        var compact = signature[..64];
        compact[32] |= (byte)((signature[64] - 27) << 7);
        return compact;
    }
}
