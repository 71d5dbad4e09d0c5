using Betar.Ethereum;
using Betar.X402.Buying;
using Betar.X402.Extensions;
using Betar.X402.Schemes;
using Betar.X402.Wire;

namespace Betar.X402.Http.Buying;

/// <summary>Chooses among a server's offers the first that our schemes and our policy take, and signs it.</summary>
internal sealed class PaymentMaker(BuyerOptions options, IReadOnlyList<ISchemeClient> clients, PayeePins pins, ISpendGuard guard)
{
    internal async Task<IntentRecord?> MakeAsync(string intent, string origin, PaymentDemand demand, CancellationToken cancellationToken)
    {
        foreach (var requirement in demand.Accepts)
        {
            if (clients.FirstOrDefault(client => client.Takes(requirement, demand.Version)) is { } client
                && await TryAsync(intent, origin, demand, requirement, client, cancellationToken) is { } record)
            {
                return record;
            }
        }

        return null;
    }

    private async Task<IntentRecord?> TryAsync(
        string intent, string origin, PaymentDemand demand, Requirement requirement, ISchemeClient client, CancellationToken cancellationToken)
    {
        if (!Address.TryParse(requirement.PayTo, out var payee) || !pins.Allows(origin, payee)
            || !AtomicAmount.TryParse(requirement.Amount, out var amount) || amount > options.MaxPerRequest
            || !NetworkId.TryParse(requirement.Network, out var network) || !options.Assets.Accepts(network))
        {
            return null;
        }

        var spend = new SpendRequest(intent, origin, amount, network);
        if (!await guard.ReserveAsync(spend, cancellationToken))
        {
            return null;
        }

        SignedRequirement? signed = null;
        try
        {
            signed = pins.TryPin(origin, payee) ? await client.SignAsync(requirement, demand.Version, Policy(network, payee, amount), cancellationToken) : null;
        }
        finally
        {
            if (signed is not { IsSigned: true })
            {
                await guard.ReleaseAsync(spend, CancellationToken.None);
            }
        }

        return signed is { IsSigned: true } ? Record(intent, origin, demand, requirement, signed) : null;
    }

    private OfferPolicy Policy(NetworkId network, Address payee, AtomicAmount amount) => new()
    {
        Assets = options.Assets, Network = network, Payee = payee, ListedPrice = amount, Cap = options.MaxPerRequest, MaxTimeout = options.MaxTimeout,
    };

    private static IntentRecord Record(string intent, string origin, PaymentDemand demand, Requirement requirement, SignedRequirement signed)
    {
        var payment = new PaymentPayload
        {
            Version = demand.Version,
            Scheme = requirement.Scheme,
            Network = requirement.Network,
            Accepted = demand.Version == WireVersions.First ? null : requirement,
            Resource = demand.Version == WireVersions.First ? null : demand.Resource,
            Payload = signed.Payload!.Value,
            Extensions = PaymentIdentifier.Answer(demand.Extensions, intent),
        };
        return new IntentRecord(
            origin,
            demand.Version == WireVersions.First ? PaymentHeaders.V1Payment : PaymentHeaders.Signature,
            PaymentHeaders.Encode(WireCodec.Write(payment)),
            signed.Key,
            signed.Amount,
            signed.ValidBefore);
    }
}
