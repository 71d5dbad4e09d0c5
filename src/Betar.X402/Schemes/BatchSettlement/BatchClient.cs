using System.Text.Json;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.X402.Buying;
using Betar.X402.Eip712;
using Betar.X402.Networks;
using Betar.X402.Verification;
using Betar.X402.Wire;
using Betar.X402.Wire.Json;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// Signs deposits and vouchers of one payer. What a channel was charged is the caller's to remember, from each answer's
/// <c>channelState</c>: a voucher signs all of it and this call's price.
/// </summary>
public sealed class BatchClient(ISigner signer, TimeProvider time)
{
    /// <summary>The channel that this demand is for; null when the policy does not allow it.</summary>
    public ChannelConfig? ChannelFor(Requirement requirement, OfferPolicy policy, out OfferRefusal refusal)
    {
        refusal = requirement.Scheme == BatchContracts.Scheme
            ? OfferInspector.Inspect(requirement.ToPaymentRequirements() with { Scheme = Requirement.Exact }, policy, signer.Address, out var offer)
            : Not(OfferRefusal.Scheme, out offer);
        if (offer is null)
        {
            return null;
        }

        if (!Address.TryParse(requirement.ExtraText("receiverAuthorizer"), out var authorizer) || authorizer.IsZero || !TryDelay(requirement, out var delay))
        {
            refusal = OfferRefusal.Malformed;
            return null;
        }

        return new ChannelConfig(signer.Address, signer.Address, offer.PayTo, authorizer, offer.Asset.Address, delay, Hash32.Zero);
    }

    /// <summary>A call on a channel that has money.</summary>
    public async Task<JsonElement?> SignVoucherAsync(PaymentAsset asset, ChannelConfig config, AtomicAmount maxClaimable, CancellationToken cancellationToken) =>
        await SignAsync(asset, config, maxClaimable, cancellationToken) is { } voucher ? Write("voucher", config, voucher, null) : null;

    /// <summary>The first call of a channel, or one that fills it.</summary>
    public async Task<JsonElement?> SignDepositAsync(
        PaymentAsset asset, ChannelConfig config, AtomicAmount maxClaimable, AtomicAmount amount, TimeSpan window, CancellationToken cancellationToken)
    {
        if (await SignAsync(asset, config, maxClaimable, cancellationToken) is not { } voucher)
        {
            return null;
        }

        var salt = UInt256.ReadBigEndian(Nonce.Random().Value.ToArray());
        var end = (ulong)(time.GetUtcNow() + window).ToUnixTimeSeconds();
        var terms = new TransferTerms(
            signer.Address, BatchContracts.Eip3009Collector, amount, 0, end, BatchHasher.DepositNonce(voucher.ChannelId, salt));
        var signed = await signer.SignTypedDataAsync(ReceiveAuthorization.Data(asset.Domain, terms), cancellationToken);
        return signed.TryGetValue(out var signature) ? Write("deposit", config, voucher, new BatchDeposit(amount, 0, end, salt, signature)) : null;
    }

    private async Task<(Hash32 ChannelId, AtomicAmount Max, byte[] Signature)?> SignAsync(
        PaymentAsset asset, ChannelConfig config, AtomicAmount maxClaimable, CancellationToken cancellationToken)
    {
        var id = BatchHasher.ChannelId(asset.Network, config);
        var signed = await signer.SignTypedDataAsync(BatchHasher.Voucher(asset.Network, id, maxClaimable), cancellationToken);
        return signed.TryGetValue(out var signature) ? (id, maxClaimable, signature) : null;
    }

    private static JsonElement Write(string type, ChannelConfig config, (Hash32 ChannelId, AtomicAmount Max, byte[] Signature) voucher, BatchDeposit? deposit) =>
        JsonDocument.Parse(WireWriting.Write(deposit, (writer, message) =>
        {
            writer.WriteString("type", type);
            writer.WriteStartObject("channelConfig");
            writer.WriteString("payer", config.Payer.ToString());
            writer.WriteString("payerAuthorizer", config.PayerAuthorizer.ToString());
            writer.WriteString("receiver", config.Receiver.ToString());
            writer.WriteString("receiverAuthorizer", config.ReceiverAuthorizer.ToString());
            writer.WriteString("token", config.Token.ToString());
            writer.WriteNumber("withdrawDelay", config.WithdrawDelay);
            writer.WriteString("salt", config.Salt.ToString());
            writer.WriteEndObject();
            writer.WriteStartObject("voucher");
            writer.WriteString("channelId", voucher.ChannelId.ToString());
            writer.WriteString("maxClaimableAmount", voucher.Max.ToString());
            writer.WriteString("signature", Hex(voucher.Signature));
            writer.WriteEndObject();
            if (message is not null)
            {
                WriteDeposit(writer, message);
            }
        })).RootElement;

    private static void WriteDeposit(Utf8JsonWriter writer, BatchDeposit deposit)
    {
        writer.WriteStartObject("deposit");
        writer.WriteString("amount", deposit.Amount.ToString());
        writer.WriteStartObject("authorization");
        writer.WriteStartObject("erc3009Authorization");
        writer.WriteString("validAfter", deposit.ValidAfter.ToString());
        writer.WriteString("validBefore", deposit.ValidBefore.ToString());
        var salt = new byte[UInt256.Size];
        deposit.Salt.WriteBigEndian(salt);
        writer.WriteString("salt", Hex(salt));
        writer.WriteString("signature", Hex(deposit.Signature));
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static string Hex(byte[] bytes) => "0x" + Convert.ToHexStringLower(bytes);

    private static bool TryDelay(Requirement requirement, out ulong delay)
    {
        delay = BatchContracts.MinWithdrawDelay;
        return !requirement.Extra!.Value.TryGetProperty("withdrawDelay", out var stated)
            || (stated.ValueKind == JsonValueKind.Number && stated.TryGetUInt64(out delay) && delay is >= BatchContracts.MinWithdrawDelay and <= BatchContracts.MaxWithdrawDelay);
    }

    private static OfferRefusal Not(OfferRefusal refusal, out PaymentOffer? offer)
    {
        offer = null;
        return refusal;
    }
}
