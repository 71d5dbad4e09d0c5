using Betar.Storage.Sessions;
using Betar.Storage.Sqlite;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Sessions;

/// <summary>The log takes a bounded room, and what makes room is the oldest and the unpaid.</summary>
public sealed class SessionQuotaTests
{
    [Fact]
    public async Task One_session_keeps_its_newest()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxPerSession = 3 });
        for (int request = 1; request <= 5; request++)
            await file.RecordAsync(SessionFile.Exchange($"r{request}"), SessionFile.Exchange($"r{request}", $"other{request}"));
        Assert.Equal(["r3", "r4", "r5"], await file.RequestsAsync());
        Assert.Equal(3, (await file.FindAsync())!.Count);
        Assert.Equal(["r1"], await file.RequestsAsync("other1"));
    }

    [Fact]
    public async Task Strangers_who_pay_nothing_drive_out_no_paid_exchange()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxExchanges = 4 });
        await file.RecordAsync(SessionFile.Exchange("paid1", "buyer", paid: true), SessionFile.Exchange("paid2", "buyer", paid: true));
        for (int request = 1; request <= 20; request++)
            await file.RecordAsync(SessionFile.Exchange($"free{request}", $"stranger{request}"));
        Assert.Equal(["paid1", "paid2"], await file.RequestsAsync("buyer"));
        Assert.Equal(["buyer", "stranger19", "stranger20"], await CallersAsync(file));
        await file.RecordAsync([.. Enumerable.Range(3, 4).Select(paid => SessionFile.Exchange($"paid{paid}", "buyer", paid: true))]);
        Assert.Equal(["paid3", "paid4", "paid5", "paid6"], await file.RequestsAsync("buyer"));
        Assert.Equal(["buyer"], await CallersAsync(file));
    }

    [Fact]
    public async Task The_bytes_of_all_are_bounded()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxBytes = 64 << 10 });
        var big = new string('x', 8_000);
        for (int request = 0; request < 40; request++)
            await file.RecordAsync(SessionFile.Exchange($"r{request}") with { Input = big });
        await file.Database.DisposeAsync();
        Assert.InRange(RawFile.Number(file.Path, "SELECT sum(length(body)) FROM session_exchange"), 48 << 10, 64 << 10);
        Assert.Equal(RawFile.Number(file.Path, "SELECT sum(length(body)) FROM session_exchange"), RawFile.Number(file.Path, "SELECT bytes FROM session_total"));
        Assert.Equal(RawFile.Number(file.Path, "SELECT count(*) FROM session_exchange"), RawFile.Number(file.Path, "SELECT exchanges FROM session_total"));
    }

    [Fact]
    public async Task What_is_older_than_the_retention_goes_with_a_later_write()
    {
        await using var file = new SessionFile(new SessionLogOptions { Retention = TimeSpan.FromDays(30) });
        await file.RecordAsync(SessionFile.Exchange("old", paid: true), SessionFile.Exchange("old", "gone"));
        file.Time.Advance(TimeSpan.FromDays(30));
        await file.RecordAsync(SessionFile.Exchange("r1"));
        Assert.Equal(["old", "r1"], await file.RequestsAsync());
        file.Time.Advance(TimeSpan.FromTicks(1));
        await file.RecordAsync(SessionFile.Exchange("r2"));
        Assert.Equal(["r1", "r2"], await file.RequestsAsync());
        Assert.Null(await file.FindAsync("gone"));
    }

    [Fact]
    public async Task A_long_text_is_cut_and_says_so()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxTextLength = 16 });
        await file.RecordAsync(SessionFile.Exchange("r1") with
        {
            Input = new string('i', 17), Output = new string('o', 16), Error = new string('e', 15) + "\ud83d\ude00", ClaimedCaller = new string('c', 1_000), RequestId = new string('r', 40),
        });
        SessionExchange kept = (await file.FindAsync())!.Exchanges[0].Exchange;
        Assert.Equal(new string('i', 16) + "… (17 characters)", kept.Input);
        Assert.Equal(new string('o', 16), kept.Output);
        Assert.Equal(new string('e', 15) + "… (17 characters)", kept.Error);
        Assert.Equal(new string('c', 16) + "… (1000 characters)", kept.ClaimedCaller);
        Assert.Equal(new string('r', 16) + "… (40 characters)", kept.RequestId);
    }

    [Fact]
    public async Task Nobody_waits_for_a_log_that_is_full()
    {
        await using var file = new SessionFile(new SessionLogOptions { MaxWaiting = 1 });
        using (var hold = SqliteConnection.Open(file.Path, SqliteOpenMode.ReadWrite, TimeSpan.FromSeconds(5)))
        {
            hold.Execute("BEGIN IMMEDIATE");
            for (int request = 0; request < 10; request++)
                file.Log.Record(SessionFile.Exchange($"r{request}"));
            hold.Execute("ROLLBACK");
        }

        await file.WrittenAsync();
        Assert.Equal(["r0"], await file.RequestsAsync());
        await file.RecordAsync(SessionFile.Exchange("later"));
        Assert.Equal(["r0", "later"], await file.RequestsAsync());
    }

    [Fact]
    public async Task After_the_file_was_closed_a_record_harms_nobody()
    {
        await using var file = new SessionFile();
        await file.Database.DisposeAsync();
        file.Log.Record(SessionFile.Exchange("late"));
        await file.ReopenAsync();
        Assert.Null(await file.FindAsync());
    }

    [Theory]
    [InlineData("MaxTextLength")]
    [InlineData("MaxPerSession")]
    [InlineData("MaxExchanges")]
    [InlineData("MaxBytes")]
    [InlineData("Retention")]
    [InlineData("MaxWaiting")]
    public void An_option_out_of_its_range_is_named(string name)
    {
        var none = new SessionLogOptions { MaxTextLength = 0, MaxPerSession = 0, MaxExchanges = 0, MaxBytes = 0, Retention = TimeSpan.Zero, MaxWaiting = 0 };
        Assert.Contains(new BetarDatabaseOptions { Sessions = none }.Faults(), fault => fault.StartsWith(name + " is 0", StringComparison.Ordinal));
        Assert.Empty(new BetarDatabaseOptions().Faults());
    }

    private static async Task<IEnumerable<string>> CallersAsync(SessionFile file) =>
        (await file.Log.ListAsync(new SessionQuery { AgentId = "did:a" }, CancellationToken.None)).Select(session => session.CallerId);
}
