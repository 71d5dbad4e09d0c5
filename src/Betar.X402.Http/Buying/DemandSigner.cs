using Betar.Ethereum;
using Betar.X402.Buying;
using Betar.X402.Extensions;
using Betar.X402.Schemes;
using Betar.X402.Wire;

namespace Betar.X402.Http.Buying;

/// <summary>Chooses among a server's offers the first that our schemes and our policy take, those of preferred schemes before the others, and signs it.</summary>
internal sealed class DemandSigner(BuyerOptions options, IReadOnlyList<ISchemeClient> clients, IPayeePins pins, ISpendGuard guard)
{
    internal async Task<IntentRecord?> SignAsync(string intent, string origin, PaymentDemand demand, CancellationToken cancellationToken)
    {
        var offers = demand.Accepts
            .Select(requirement => (Requirement: requirement, Client: clients.FirstOrDefault(client => client.Takes(requirement, demand.Version))))
            .OrderByDescending(offer => offer.Client is { IsPreferred: true });
        foreach (var (requirement, client) in offers)
        {
            if (client is not null
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
        if (!Address.TryParse(requirement.PayTo, out var payee) || !await pins.AllowsAsync(origin, payee, cancellationToken)
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

        var isPinned = false;
        try
        {
            var signed = await client.SignAsync(requirement, demand.Version, Policy(network, payee, amount), cancellationToken);

            // Pinned when there is something to send, and before it is sent: a payee that nothing was signed for is nobody's.
            isPinned = signed.IsSigned && await pins.TryPinAsync(origin, payee, cancellationToken);
            return isPinned ? Record(intent, origin, demand, requirement, signed) : null;
        }
        finally
        {
            if (!isPinned)
            {
                await guard.ReleaseAsync(spend, CancellationToken.None);
            }
        }
    }

    private OfferPolicy Policy(NetworkId network, Address payee, AtomicAmount amount) => new()
    {
        Assets = options.Assets, Network = network, Payee = payee, ListedPrice = amount, Cap = options.MaxPerRequest, MaxTimeout = options.MaxTimeout,
        AcceptsKeep = options.AcceptsKeep,
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
