using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// Pays by voucher where there is a channel with room. One voucher of a channel is on its way at a time; meanwhile, and where there is no
/// room, the demand is not taken, so that another way to pay is. What a seller says of a channel never makes a voucher larger than what was
/// signed and this call's price.
/// </summary>
public sealed class BatchVoucherClient : ISchemeClient, IAnsweredClient
{
    // A voucher has no end of its own; the next one makes it worthless.
    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    private readonly BatchClient _client;
    private readonly IBuyerChannels _channels;
    private readonly BatchBuyerOptions _options;
    private readonly TimeProvider _time;

    public BatchVoucherClient(BatchClient client, IBuyerChannels channels, BatchBuyerOptions options, TimeProvider time)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_client, _channels, _options, _time) = (client, channels, options, time);
    }

    public bool IsPreferred => true;

    public bool Takes(Requirement requirement, int version) => version == WireVersions.Current && requirement.Scheme == BatchContracts.Scheme;

    public async Task<SignedRequirement> SignAsync(Requirement requirement, int version, OfferPolicy policy, CancellationToken cancellationToken)
    {
        if (_client.ChannelFor(requirement, policy, out var refusal) is not { } config)
        {
            return SignedRequirement.Refused(refusal);
        }

        var asset = Asset(requirement, policy);
        var price = AtomicAmount.Parse(requirement.Amount);
        var id = BatchHasher.ChannelId(asset.Network, config);
        var before = await _channels.FindAsync(id, cancellationToken);
        if (Next(before ?? BuyerChannel.New(id), price, requirement) is not { } after || !await _channels.TryReplaceAsync(before, after, cancellationToken))
        {
            return SignedRequirement.Refused(OfferRefusal.Channel);
        }

        var max = after.Waiting!.Value;
        var window = TimeSpan.FromSeconds(requirement.MaxTimeoutSeconds);
        var payload = after.Filling.IsZero
            ? await _client.SignVoucherAsync(asset, config, max, cancellationToken)
            : await _client.SignDepositAsync(asset, config, max, after.Filling, window, cancellationToken);
        if (payload is not { } signed)
        {
            // Nothing was signed, so nothing is on its way. A step that was meanwhile made by somebody else is not taken back.
            await _channels.TryReplaceAsync(after, before ?? BuyerChannel.New(id), CancellationToken.None);
            return SignedRequirement.Refused(OfferRefusal.SignerUnavailable);
        }

        var key = new PaymentKey(asset.Network, BatchContracts.Settlement, config.Payer, BatchHasher.StepNonce(id, max));
        return SignedRequirement.Signed(signed, key, price, _time.GetUtcNow() + (after.Filling.IsZero ? Keep : window));
    }

    /// <summary>Learns what became of the voucher. What is not said, is more than was signed, or less than before, changes nothing.</summary>
    public async Task AnsweredAsync(PaymentKey payment, SettleResponse settled, CancellationToken cancellationToken)
    {
        if (!settled.Success || ReadState(settled.Extra) is not { } stated
            || await _channels.FindAsync(stated.Id, cancellationToken) is not { Waiting: { } waiting } before
            || payment.Nonce != BatchHasher.StepNonce(stated.Id, waiting)
            || stated.Charged > waiting || stated.Charged < before.Charged || !AtomicAmount.TryAdd(before.Balance, before.Filling, out var balance))
        {
            return;
        }

        await _channels.TryReplaceAsync(before, before with { Balance = balance, Filling = 0, Charged = stated.Charged, Waiting = null }, cancellationToken);
    }

    // Null when there is no room, or when the last voucher's fate is not known and the demand does not tell it.
    private BuyerChannel? Next(BuyerChannel channel, AtomicAmount price, Requirement requirement)
    {
        if (channel.Waiting is not null)
        {
            if (!channel.Filling.IsZero || ReadState(requirement.Extra) is not { } stated || stated.Id != channel.Id
                || stated.Charged > channel.SignedMax || stated.Charged < channel.Charged)
            {
                return null;
            }

            channel = channel with { Charged = stated.Charged };
        }

        if (!AtomicAmount.TryAdd(channel.Charged, price, out var max))
        {
            return null;
        }

        var next = channel with { SignedMax = max > channel.SignedMax ? max : channel.SignedMax, Waiting = max };
        if (max <= channel.Balance)
        {
            return next;
        }

        return AtomicAmount.TryAdd(channel.Balance, _options.Deposit, out var filled) && max <= filled && filled <= _options.MaxBalance
            ? next with { Filling = _options.Deposit }
            : null;
    }

    private static PaymentAsset Asset(Requirement requirement, OfferPolicy policy) =>
        policy.Assets.TryFind(policy.Network, Address.Parse(requirement.Asset), out var asset)
            ? asset
            : throw new InvalidOperationException("A demand that the policy allows names a token that it does not know.");

    private static (Hash32 Id, AtomicAmount Charged)? ReadState(JsonElement? extra) =>
        extra is { ValueKind: JsonValueKind.Object } found && found.TryGetProperty("channelState", out var state) && state.ValueKind == JsonValueKind.Object
        && state.TryGetProperty("channelId", out var id) && id.ValueKind == JsonValueKind.String && Hash32.TryParse(id.GetString(), out var channel)
        && state.TryGetProperty("chargedCumulativeAmount", out var charged) && charged.ValueKind == JsonValueKind.String
        && AtomicAmount.TryParse(charged.GetString(), out var amount)
            ? (channel, amount)
            : null;
}
