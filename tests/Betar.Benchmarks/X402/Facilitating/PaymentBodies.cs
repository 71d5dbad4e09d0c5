using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Schemes;
using Betar.X402.Schemes.ExactEip3009;
using Betar.X402.Wire;

namespace Betar.Benchmarks.X402.Facilitating;

/// <summary>Bodies of `/verify` and `/settle`: payments of one payer to one seller, each with a nonce of its own, signed before anything is measured.</summary>
internal sealed class PaymentBodies(PaymentAsset asset, PrivateKey payer)
{
    public const ulong Price = 1_000;

    // Longer than any bench.
    private const int MaxTimeoutSeconds = 7_200;

    private readonly Requirement _requirement = new()
    {
        Scheme = Requirement.Exact, Network = asset.Network.ToString(), Amount = $"{Price}", Asset = asset.Address.ToString(),
        PayTo = "0x209693Bc6afc0C5328bA36FaF03C514EF312287C", MaxTimeoutSeconds = MaxTimeoutSeconds,
        Extra = JsonSerializer.SerializeToElement(new { name = asset.Domain.Name, version = asset.Domain.Version }),
    };

    private readonly OfferPolicy _policy = new()
    {
        Assets = new PaymentAssets([asset]), Network = asset.Network, Payee = null, ListedPrice = Price, Cap = Price,
        MaxTimeout = TimeSpan.FromSeconds(MaxTimeoutSeconds),
    };

    private readonly Eip3009Client _client = new(new AuthorizationSigner(payer, TimeProvider.System));

    public Address Payer { get; } = Address.FromKey(payer);

    public async Task<byte[][]> MakeAsync(int count)
    {
        var bodies = new byte[count][];
        await Parallel.ForAsync(0, count, async (i, cancellation) => bodies[i] = await MakeAsync(cancellation));
        return bodies;
    }

    private async Task<byte[]> MakeAsync(CancellationToken cancellation)
    {
        SignedRequirement signed = await _client.SignAsync(_requirement, WireVersions.Current, _policy, cancellation);
        if (!signed.IsSigned)
            throw new InvalidOperationException($"The buyer did not sign: {signed.Refusal}");
        return WireCodec.Write(new FacilitatorCall
        {
            Payment = new PaymentPayload
            {
                Scheme = _requirement.Scheme, Network = _requirement.Network, Accepted = _requirement, Payload = signed.Payload.Value,
            },
            Requirement = _requirement,
        });
    }
}
