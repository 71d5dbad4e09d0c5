using System.Net;
using Betar.Ethereum;
using Betar.Node.Http;
using Betar.Node.Http.Streaming;
using Betar.Storage.Ledger;
using Betar.X402;
using Microsoft.Extensions.Logging;

namespace Betar.Node.Tests.Http;

public sealed class StreamTests
{
    [Fact]
    public async Task Orders_are_told_as_they_happen_and_who_comes_back_misses_nothing()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        await AppendAsync(world, 1);
        using (EventReader live = await EventReader.OpenAsync(world, "/v1/events"))
        {
            await AppendAsync(world, 2);
            Assert.Contains("id: 2", await NextAsync(world, live), StringComparison.Ordinal);
        }

        await AppendAsync(world, 3);
        using EventReader again = await EventReader.OpenAsync(world, "/v1/events", ("Last-Event-ID", "1"));
        string? second = await NextAsync(world, again), third = await NextAsync(world, again);

        Assert.Contains("id: 2\nevent: order\ndata: {\"payment\":", second, StringComparison.Ordinal);
        Assert.Contains("id: 3\n", third, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_that_is_none_is_refused()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/v1/events", null, ("Last-Event-ID", "x"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task So_many_may_listen_and_one_that_goes_makes_room()
    {
        await using ApiWorld world = await ApiWorld.StartAsync(settings => settings with { Limits = new HttpLimits { MaxListeners = 1 } });
        using (await EventReader.OpenAsync(world, "/v1/events"))
        {
            (int status, string text) = await world.GetAsync("/v1/events");
            Assert.Equal(503, status);
            Assert.Contains("BTR-1054", text, StringComparison.Ordinal);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using HttpResponseMessage response = await world.SendAsync(HttpMethod.Get, "/v1/events");
            if (response.StatusCode == HttpStatusCode.OK)
                return;
            world.Time.Advance(OrderEvents.Tick);
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    [Fact]
    public async Task The_log_is_told_from_a_level_on_to_who_may_operate()
    {
        await using ApiWorld world = await ApiWorld.StartAsync();
        Assert.Equal(401, (await world.GetAsync("/v1/logs")).Status);
        world.Use(ApiRole.Operate);
        Assert.Equal(400, (await world.GetAsync("/v1/logs?level=loud")).Status);
        using EventReader reader = await EventReader.OpenAsync(world, "/v1/logs?level=warning");
        ILogger log = world.Log.CreateLogger("Betar.Node.Thing");

        log.LogInformation("quiet");
        log.LogWarning("first\nsecond");

        Assert.Equal("event: log\ndata: {\"at\":\"2026-03-04T05:06:07+00:00\",\"level\":\"warning\",\"category\":\"Thing\",\"message\":\"first\\nsecond\"}", await reader.NextAsync());
    }

    [Fact]
    public void One_that_is_too_slow_is_dropped_and_the_log_goes_on()
    {
        var feed = new LogFeed(Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance, TimeProvider.System);
        using LogListener slow = feed.Listen(LogLevel.Information, 2);
        ILogger log = feed.CreateLogger("x");
        Assert.False(log.IsEnabled(LogLevel.Debug));
        Assert.True(log.IsEnabled(LogLevel.Information));

        foreach (string number in new[] { "0", "1", "2" })
            log.Log(LogLevel.Information, default, number, null, (state, _) => state);

        Assert.False(log.IsEnabled(LogLevel.Information));
        Assert.True(slow.Records.TryRead(out LogRecord? first) && slow.Records.TryRead(out _));
        Assert.Equal("0", first.Message);
        Assert.True(slow.Records.Completion.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_node_that_stops_ends_its_streams()
    {
        ApiWorld world = await ApiWorld.StartAsync();
        EventReader reader = await EventReader.OpenAsync(world, "/v1/events");
        await world.StopAsync();

        Assert.Null(await reader.NextAsync());
        reader.Dispose();
        await world.DisposeAsync();
    }

    private static async Task<string?> NextAsync(ApiWorld world, EventReader reader)
    {
        Task<string?> next = reader.NextAsync();
        while (!next.IsCompleted)
        {
            world.Time.Advance(OrderEvents.Tick);
            await Task.Yield();
        }

        return await next;
    }

    private static async Task AppendAsync(ApiWorld world, byte number)
    {
        Span<byte> nonce = stackalloc byte[32];
        nonce.Fill(number);
        var key = new PaymentKey(new NetworkId(84532), Address.Parse("0x036CbD53842c5426634e7929541eC2318f3dCF7e"), Address.Parse("0x1a642f0E3c3aF545E7AcBD38b07251B3990914F1"), new Nonce(new Hash32(nonce)));
        AppendResult result = await world.Database.Ledger.AppendAsync(
            new LedgerAppend(key, 0, LedgerKind.Reserved, "x", 5, "", default), CancellationToken.None);
        Assert.Equal(AppendStatus.Appended, result.Status);
    }
}
