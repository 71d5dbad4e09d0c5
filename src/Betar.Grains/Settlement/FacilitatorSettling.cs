using System.Text;
using System.Text.Json;
using Betar.Crypto;
using Betar.Grains.Abstractions.Settlement;
using Betar.Grains.Selling;
using Betar.X402.Facilitating;
using Betar.X402.Networks;
using Betar.X402.Wire;
using Microsoft.Extensions.Options;

namespace Betar.Grains.Settlement;

/// <summary>
/// Somebody's facilitator sends. Its word is a claim: after each answer, and after none, the chain is asked what became of the authorisation.
/// A repeat carries the same authorisation under the same name, so that it can be told from a replay.
/// </summary>
public sealed class FacilitatorSettling(
    IFacilitator facilitator, PaymentAsset asset, IOptions<SellingOptions> options, IOptions<SettlementOptions> settlement, TimeProvider time) : IPaymentSettling
{
    public async Task<SettlementResult> SettleAsync(ISettlerGrain own, string payment, TransferOrder transfer)
    {
        SettleResponse answer = await facilitator.SettleAsync(CallOf(transfer), AttemptOf(payment), CancellationToken.None);
        SettlementResult fate = await AwaitConfirmationsAsync(own, transfer);
        return fate.State == SettlementState.Unused
            ? new SettlementResult { State = SettlementState.Pending, Reason = answer.Success ? WireReasons.UnexpectedSettleError : answer.ErrorReason ?? WireReasons.SettlementPending }
            : fate;
    }

    public async ValueTask<string?> FindObstacleAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await facilitator.SupportedAsync(cancellationToken)).Has(WireVersions.Current, Requirement.Exact, asset.Network.ToString())
                ? null
                : $"The facilitator does not settle on {asset.Network}";
        }
        catch (FacilitatorUnavailableException)
        {
            return "The facilitator cannot be reached";
        }
    }

    /// <summary>What a block has is waited for as with our own transactions, after longer and longer pauses; beyond that the order's recovery asks.</summary>
    private async Task<SettlementResult> AwaitConfirmationsAsync(ISettlerGrain own, TransferOrder transfer)
    {
        long started = time.GetTimestamp();
        for (TimeSpan pause = settlement.Value.ConfirmationInterval; ; pause += pause)
        {
            SettlementResult fate = await own.Reconcile(transfer);
            if (fate is not { State: SettlementState.Pending, Reason: AuthorizationFate.Unconfirmed }
                || time.GetElapsedTime(started) + pause > settlement.Value.ConfirmationTimeout)
                return fate;
            await Task.Delay(pause, time);
        }
    }

    private FacilitatorCall CallOf(TransferOrder transfer)
    {
        var requirement = new Requirement
        {
            Scheme = Requirement.Exact,
            Network = asset.Network.ToString(),
            Amount = transfer.Value,
            Asset = transfer.Asset,
            PayTo = transfer.To,
            MaxTimeoutSeconds = options.Value.MaxTimeoutSeconds,
            Extra = Json(writer =>
            {
                writer.WriteString("name", asset.Domain.Name);
                writer.WriteString("version", asset.Domain.Version);
            }),
        };
        return new FacilitatorCall
        {
            Requirement = requirement,
            Payment = new PaymentPayload
            {
                Scheme = requirement.Scheme, Network = requirement.Network, Accepted = requirement, Payload = Json(writer => WriteSigned(writer, transfer)),
            },
        };
    }

    private static void WriteSigned(Utf8JsonWriter writer, TransferOrder transfer)
    {
        writer.WriteStartObject("authorization");
        writer.WriteString("from", transfer.From);
        writer.WriteString("to", transfer.To);
        writer.WriteString("value", transfer.Value);
        writer.WriteString("validAfter", transfer.ValidAfter.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("validBefore", transfer.ValidBefore.ToString(System.Globalization.CultureInfo.InvariantCulture));
        writer.WriteString("nonce", transfer.Nonce);
        writer.WriteEndObject();
        writer.WriteString("signature", "0x" + transfer.Signature);
    }

    private static JsonElement Json(Action<Utf8JsonWriter> members)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }
        using JsonDocument document = JsonDocument.Parse(buffer.ToArray());
        return document.RootElement.Clone();
    }

    /// <summary>A payment's key is longer than the names that facilitators take.</summary>
    private static string AttemptOf(string payment) => Convert.ToHexStringLower(Keccak256.Hash(Encoding.UTF8.GetBytes(payment)));
}
