using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Storage.Channels;
using Betar.Storage.Tests.Support;
using Betar.Tests.Shared;
using Betar.X402;
using Betar.X402.Buying;
using Betar.X402.Schemes;
using Betar.X402.Schemes.BatchSettlement;
using Betar.X402.Wire;

namespace Betar.Storage.Tests.Channels;

/// <summary>A payer's channels on disk, and a payer that dies between any two writes: it pays once for one intent, and is never blocked for ever.</summary>
public sealed class DurableBuyerChannelsTests : IAsyncLifetime
{
    private const ulong Price = 1_000;
    private static readonly Address Seller = TestOrders.Payer(2);

    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly PrivateKey _payer = PrivateKey.Generate();
    private readonly MemoryChannelBook _seller;
    private BetarDatabase _database = null!;

    public DurableBuyerChannelsTests() => _seller = new MemoryChannelBook(_time);

    public Task InitializeAsync()
    {
        _database = BetarDatabase.Open(_folder.Database);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        _payer.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_channel_is_replaced_when_it_is_as_it_was()
    {
        var channels = new DurableBuyerChannels(_database);
        var (first, second) = (BuyerChannel.New(Hash32.Zero), BuyerChannel.New(Hash32.Zero) with { Balance = 7, Doubt = 3, AssumesCharged = true, Until = _time.GetUtcNow(), Waiting = 4 });
        Assert.Null(await channels.FindAsync(Hash32.Zero, default));
        Assert.False(await channels.TryReplaceAsync(first, second, default));
        Assert.True(await channels.TryReplaceAsync(null, first, default));
        Assert.False(await channels.TryReplaceAsync(null, second, default));
        Assert.True(await channels.TryReplaceAsync(first, second, default));
        Assert.False(await channels.TryReplaceAsync(first, first, default));
        Assert.Equal(second, await channels.FindAsync(Hash32.Zero, default));
    }

    [Fact]
    public async Task Whatever_the_channels_in_memory_do_those_on_disk_do()
    {
        var (random, model, channels) = (new Random(TestSeed.Value), new MemoryBuyerChannels(), new DurableBuyerChannels(_database));
        for (var step = 0; step < 200; step++)
        {
            var before = random.Next(4) == 0 ? null : await model.FindAsync(Hash32.Zero, default);
            var after = new BuyerChannel(Hash32.Zero, Some(), Some(), Some(), Some(), random.Next(2) == 0 ? null : Some())
            {
                Until = random.Next(2) == 0 ? null : _time.GetUtcNow() + TimeSpan.FromTicks(random.Next()), Doubt = random.Next(2) == 0 ? null : Some(), AssumesCharged = random.Next(2) == 0,
            };
            Assert.True(await model.TryReplaceAsync(before, after, default) == await channels.TryReplaceAsync(before, after, default), $"Seed {TestSeed.Value}, step {step}.");
            Assert.True(await model.FindAsync(Hash32.Zero, default) == await channels.FindAsync(Hash32.Zero, default), $"Seed {TestSeed.Value}, step {step}.");
        }

        AtomicAmount Some() => (ulong)random.Next(3);
    }

    [Fact]
    public async Task Of_64_at_once_one_has_the_channel()
    {
        await OpenAsync(64_000);
        var signed = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => SignAsync(Client(_database)))));
        Assert.Single(signed, one => one.IsSigned);
    }

    [Fact]
    public async Task A_payer_that_dies_before_the_intent_is_kept_waits_and_goes_on()
    {
        await OpenAsync(5_000);
        await SignAsync(Client(_database));

        await AfterCrashAsync(async client =>
        {
            Assert.Equal(OfferRefusal.Channel, (await SignAsync(client)).Refusal);
            _time.Advance(TimeSpan.FromMinutes(10));
            await ServedAsync(client, await SignAsync(client));
            Assert.Equal((AtomicAmount)1_000, await ChargedAsync());
            await ServedAsync(client, await SignAsync(client));
        });
    }

    [Fact]
    public async Task A_payer_that_dies_before_it_sent_what_is_kept_shows_the_same_and_is_charged_once()
    {
        await OpenAsync(5_000);
        var kept = await SignAsync(Client(_database));

        await AfterCrashAsync(async client =>
        {
            await ServedAsync(client, kept);
            Assert.Equal((AtomicAmount)1_000, await ChargedAsync());
            await ServedAsync(client, await SignAsync(client));
            Assert.Equal((AtomicAmount)2_000, await ChargedAsync());
        });
    }

    [Fact]
    public async Task A_payer_that_dies_before_it_heard_the_answer_shows_the_same_and_is_charged_once()
    {
        await OpenAsync(5_000);
        var kept = await SignAsync(Client(_database));
        Assert.NotNull(await ShowAsync(kept, "intent"));

        await AfterCrashAsync(async client =>
        {
            await client.AnsweredAsync(kept.Key, Answer((await ShowAsync(kept, "intent"))!), default);
            Assert.Equal((AtomicAmount)1_000, await ChargedAsync());
            await ServedAsync(client, await SignAsync(client));
            Assert.Equal((AtomicAmount)2_000, await ChargedAsync());
        });
    }

    [Fact]
    public async Task A_payer_that_never_asks_again_for_what_it_was_charged_goes_on_with_the_second_try()
    {
        await OpenAsync(5_000);
        Assert.NotNull(await ShowAsync(await SignAsync(Client(_database)), "lost"));

        await AfterCrashAsync(async client =>
        {
            _time.Advance(TimeSpan.FromMinutes(10));
            Assert.Null(await ShowAsync(await SignAsync(client), "first"));
            _time.Advance(TimeSpan.FromMinutes(10));
            await ServedAsync(client, await SignAsync(client));
            Assert.Equal((AtomicAmount)2_000, await ChargedAsync());
        });
    }

    [Fact]
    public async Task A_payer_that_dies_behind_the_answer_goes_on_from_it()
    {
        await OpenAsync(5_000);
        await ServedAsync(Client(_database), await SignAsync(Client(_database)));

        await AfterCrashAsync(async client => Assert.Equal("2000", Max(await SignAsync(client))));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named()
    {
        await OpenAsync(5_000);
        RawFile.Execute(_folder.Database, "UPDATE buyer_channel SET waiting = '-1'");
        Assert.Equal(StorageFailure.Corrupt, (await Assert.ThrowsAsync<StorageException>(() => SignAsync(Client(_database)))).Failure);
    }

    private PaymentChannel Channel => PaymentChannel.Of(NetworkId.BaseSepolia, Client().ChannelFor(Demand, Policy, out _)!);

    private static OfferPolicy Policy => new() { Payee = Seller, ListedPrice = Price, Cap = Price };

    private static Requirement Demand => new()
    {
        Scheme = BatchContracts.Scheme, Network = NetworkId.BaseSepolia.ToString(), Amount = $"{Price}", Asset = TestOrders.Usdc.ToString(), PayTo = Seller.ToString(), MaxTimeoutSeconds = 60,
        Extra = JsonSerializer.SerializeToElement(new { name = "USDC", version = "2", receiverAuthorizer = TestOrders.Payer(3).ToString(), withdrawDelay = 900 }),
    };

    private BatchClient Client() => new(new LocalSigner(_payer), _time);

    private BatchVoucherClient Client(BetarDatabase database) => new(Client(), new DurableBuyerChannels(database), new BatchBuyerOptions(), _time);

    private static Task<SignedRequirement> SignAsync(BatchVoucherClient client) => client.SignAsync(Demand, 2, Policy, default);

    private async Task OpenAsync(ulong balance)
    {
        await _seller.DepositedAsync(Channel, TestOrders.NonceOf(1), balance, default);
        Assert.True(await new DurableBuyerChannels(_database).TryReplaceAsync(null, BuyerChannel.New(Channel.Id) with { Balance = balance }, default));
    }

    /// <summary>What the seller makes of it: null when it refuses.</summary>
    private async Task<ChannelState?> ShowAsync(SignedRequirement signed, string intent)
    {
        var max = AtomicAmount.Parse(Max(signed));
        var known = await _seller.FindAsync(Channel.Id, default);
        if (!ChannelRules.IsRepeat(known, max, intent) && !ChannelRules.CheckVoucher(known, max, Price).IsAccepted)
            return null;
        var (outcome, state) = await _seller.ChargeAsync(Channel, max, new byte[65], Price, intent, default);
        return outcome.IsAccepted ? state : null;
    }

    private async Task ServedAsync(BatchVoucherClient client, SignedRequirement signed)
    {
        Assert.True(signed.IsSigned, $"{signed.Refusal}");
        var state = await ShowAsync(signed, Guid.NewGuid().ToString());
        Assert.NotNull(state);
        await client.AnsweredAsync(signed.Key, Answer(state), default);
    }

    private async Task<AtomicAmount> ChargedAsync() => (await _seller.FindAsync(Channel.Id, default))!.Charged;

    private static string Max(SignedRequirement signed) => signed.Payload!.Value.GetProperty("voucher").GetProperty("maxClaimableAmount").GetString()!;

    private static SettleResponse Answer(ChannelState state) => new()
    {
        Success = true,
        Extra = JsonSerializer.SerializeToElement(new { channelState = new { channelId = state.ChannelId.ToString(), chargedCumulativeAmount = state.Charged.ToString() } }),
    };

    private async Task AfterCrashAsync(Func<BatchVoucherClient, Task> check)
    {
        await using var database = BetarDatabase.Open(Crash.Copy(_folder));
        await check(Client(database));
    }
}
