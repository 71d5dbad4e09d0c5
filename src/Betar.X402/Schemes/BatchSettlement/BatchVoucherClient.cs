using System.Text.Json;
using Betar.Ethereum;
using Betar.X402.Buying;
using Betar.X402.Networks;
using Betar.X402.Wire;

namespace Betar.X402.Schemes.BatchSettlement;

/// <summary>
/// Pays by voucher where there is a channel with room. One voucher of a channel is on its way at a time; meanwhile, and where there is no
/// room, the demand is not taken, so that another way to pay is. What a seller says of a channel never makes a voucher larger than what was
/// signed and this call's price. A voucher of which nothing is heard, because the process died or the answer was lost, is waited for and then
/// doubted: the channel goes on, and no more is signed for in all than that voucher and the next.
/// </summary>
public sealed class BatchVoucherClient : ISchemeClient, IAnsweredClient
{
    // A voucher has no end of its own; the next one makes it worthless.
    private static readonly TimeSpan Keep = TimeSpan.FromHours(24);

    // Beyond a deposit's last second, by which the chain's clock may be behind ours.
    private static readonly TimeSpan Inclusion = TimeSpan.FromMinutes(1);

    private readonly BatchClient _client;
    private readonly IBuyerChannels _channels;
    private readonly BatchBuyerOptions _options;
    private readonly TimeProvider _time;
    private readonly IChains _chains;

    /// <param name="client">Signs.</param>
    /// <param name="channels">The payer's; one on disk knows them after a restart.</param>
    /// <param name="options">How much, how long.</param>
    /// <param name="time">The clock.</param>
    /// <param name="chains">Where it is asked what became of a deposit whose answer was lost. Null: nowhere; such a channel waits for the seller's word.</param>
    public BatchVoucherClient(BatchClient client, IBuyerChannels channels, BatchBuyerOptions options, TimeProvider time, IChains? chains = null)
    {
        if (options.Validate() is { Count: > 0 } faults)
        {
            throw new ArgumentException(string.Join(' ', faults), nameof(options));
        }

        (_client, _channels, _options, _time, _chains) = (client, channels, options, time, chains ?? Chains.None);
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
        var window = TimeSpan.FromSeconds(requirement.MaxTimeoutSeconds);
        if (await ResolveAsync(before ?? BuyerChannel.New(id), asset.Network, requirement, cancellationToken) is not { } known
            || Next(known, price, window) is not { } after || !await _channels.TryReplaceAsync(before, after, cancellationToken))
        {
            return SignedRequirement.Refused(OfferRefusal.Channel);
        }

        var max = after.Waiting!.Value;
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

        await _channels.TryReplaceAsync(before, before.Know(stated.Charged) with { Balance = balance, Filling = 0 }, cancellationToken);
    }

    // Null while the last voucher's fate is not known, the demand does not tell it and it is too early to doubt it.
    private async Task<BuyerChannel?> ResolveAsync(BuyerChannel channel, NetworkId network, Requirement requirement, CancellationToken cancellationToken)
    {
        if (channel.Waiting is null && channel.Doubt is null)
        {
            return channel;
        }

        if (channel.Filling.IsZero && ReadState(requirement.Extra) is { } stated && stated.Id == channel.Id
            && stated.Charged <= channel.SignedMax && stated.Charged >= channel.Charged)
        {
            return channel.Know(stated.Charged);
        }

        if (channel.Waiting is null)
        {
            return channel;
        }

        if (channel.Until is not { } until || _time.GetUtcNow() < until)
        {
            return null;
        }

        if (channel.Filling.IsZero)
        {
            return channel.GiveUp();
        }

        // By now the deposit is on the chain or never will be.
        return _chains.TryFind(network, out var chain) && (await new BatchChain(chain).OfChannelAsync(channel.Id, cancellationToken)).TryGetValue(out var standing)
            ? channel.GiveUp() with { Balance = standing.Balance, Filling = 0 }
            : null;
    }

    // Null when there is no room.
    private BuyerChannel? Next(BuyerChannel channel, AtomicAmount price, TimeSpan window)
    {
        if (!AtomicAmount.TryAdd(channel.Base, price, out var max))
        {
            return null;
        }

        var now = _time.GetUtcNow();
        var next = channel with { SignedMax = max > channel.SignedMax ? max : channel.SignedMax, Waiting = max, Until = now + _options.Patience };
        if (max <= channel.Balance)
        {
            return next;
        }

        return AtomicAmount.TryAdd(channel.Balance, _options.Deposit, out var filled) && max <= filled && filled <= _options.MaxBalance
            ? next with { Filling = _options.Deposit, Until = now + (window > _options.Patience ? window : _options.Patience) + Inclusion }
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
