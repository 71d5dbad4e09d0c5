using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Verification;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.Vault;

/// <summary>What a seller demands of a payment into a vault.</summary>
/// <param name="WorkTime">Seconds from the end of the authorisation to the deadline, so that a demand does not age.</param>
/// <param name="Order">The seller's order; zero where it names none.</param>
internal sealed record VaultDemand(Address Vault, Address Arbiter, uint WorkTime, uint DisputeWindow, uint ArbiterWindow, Hash32 Order)
{
    /// <summary>The vault holds nothing longer in one state; a day of it is left for the authorisation's own window.</summary>
    internal const uint MaxWindow = 90 * 24 * 60 * 60;
    internal const uint MaxWorkTime = MaxWindow - (24 * 60 * 60);

    /// <summary>Null when a member is missing or not in its form.</summary>
    internal static VaultDemand? Read(Requirement requirement)
    {
        if (requirement.Extra is not { } extra
            || !Address.TryParse(requirement.ExtraText("vault"), out var vault)
            || !TryOptional(extra, "arbiter", Address.Zero, Address.TryParse, out var arbiter)
            || !TryOptional(extra, "order", Hash32.Zero, Hash32.TryParse, out var order)
            || Seconds(extra, "workTime", MaxWorkTime) is not { } work || work == 0
            || Seconds(extra, "disputeWindow", MaxWindow) is not { } dispute
            || Seconds(extra, "arbiterWindow", MaxWindow) is not { } arbitration)
        {
            return null;
        }

        return new VaultDemand(vault, arbiter, work, dispute, arbitration, order);
    }

    /// <summary>What the vault itself would refuse, whoever signed it; that nobody pays itself is looked at elsewhere.</summary>
    internal bool IsPossible(PaymentOffer offer, Address buyer) =>
        !offer.Amount.IsZero && !offer.PayTo.IsZero && offer.PayTo != Vault && buyer != Vault && Arbiter != buyer && Arbiter != offer.PayTo;

    internal VaultTerms Terms(PaymentOffer offer, Address buyer, ulong validBefore, Hash32 saltNonce) =>
        new(buyer, offer.PayTo, Arbiter, offer.Amount, validBefore + WorkTime, DisputeWindow, ArbiterWindow, VaultHasher.Salt(Order, saltNonce));

    private static uint? Seconds(JsonElement extra, string name, uint most) =>
        extra.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetUInt32(out var seconds) && seconds <= most ? seconds : null;

    private static bool TryOptional<T>(JsonElement extra, string name, T absent, TryParse<T> parse, out T value)
    {
        value = absent;
        return !extra.TryGetProperty(name, out var member) || (member.ValueKind == JsonValueKind.String && parse(member.GetString(), out value));
    }

    private delegate bool TryParse<T>(ReadOnlySpan<char> text, out T value);
}
