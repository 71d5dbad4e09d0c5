using Betar.Storage.Sessions;
using Betar.Storage.Tests.Support;

namespace Betar.Storage.Tests.Sessions;

/// <summary>What was exchanged is found again, by agent and caller, and by nobody else's name.</summary>
public sealed class SessionLogTests
{
    [Fact]
    public async Task An_exchange_is_found_again_with_all_that_was_said_of_it()
    {
        await using var file = new SessionFile();
        SessionExchange said = SessionFile.Exchange("r1", paid: true) with { ClaimedCaller = "did:key:zSomebody", Error = "no \u202e luck" };
        await file.RecordAsync(said);
        Session session = (await file.FindAsync())!;
        Assert.Equal(("did:a", "peer", 1L), (session.AgentId, session.CallerId, session.Count));
        Assert.True(Guid.TryParse(session.Id, out _));
        RecordedExchange recorded = Assert.Single(session.Exchanges);
        Assert.Equal(said, recorded.Exchange);
        Assert.Equal(file.Time.GetUtcNow(), recorded.At);
    }

    [Fact]
    public async Task A_session_begins_with_its_first_exchange_and_ends_with_its_last()
    {
        await using var file = new SessionFile();
        DateTimeOffset began = file.Time.GetUtcNow();
        await file.RecordAsync(SessionFile.Exchange("r1"));
        string id = (await file.FindAsync())!.Id;
        file.Time.Advance(TimeSpan.FromMinutes(3));
        await file.RecordAsync(SessionFile.Exchange("r2"));
        Session session = (await file.FindAsync())!;
        Assert.Equal((id, began, began + TimeSpan.FromMinutes(3)), (session.Id, session.CreatedAt, session.UpdatedAt));
        Assert.Equal(["r1", "r2"], session.Exchanges.Select(exchange => exchange.Exchange.RequestId));
    }

    [Fact]
    public async Task A_clock_that_steps_back_turns_no_session_round()
    {
        await using var file = new SessionFile();
        await file.RecordAsync(SessionFile.Exchange("r1"));
        DateTimeOffset updated = (await file.FindAsync())!.UpdatedAt;
        file.Time.Advance(TimeSpan.FromHours(-5));
        await file.RecordAsync(SessionFile.Exchange("r2"));
        Assert.Equal(updated, (await file.FindAsync())!.UpdatedAt);
        Assert.Equal(["r1", "r2"], await file.RequestsAsync());
    }

    [Fact]
    public async Task Callers_and_agents_do_not_mix()
    {
        await using var file = new SessionFile();
        await file.RecordAsync(
            SessionFile.Exchange("a1", "alice"), SessionFile.Exchange("b1", "bob"), SessionFile.Exchange("a2", "alice", "did:b"), SessionFile.Exchange("A1", "Alice"));
        Assert.Equal(["a1"], await file.RequestsAsync("alice"));
        Assert.Equal(["a2"], await file.RequestsAsync("alice", "did:b"));
        Assert.Equal(["A1"], await file.RequestsAsync("Alice"));
        Assert.Null(await file.FindAsync("carol"));
    }

    [Fact]
    public async Task An_agents_sessions_come_by_callers_name_in_pages()
    {
        await using var file = new SessionFile();
        foreach (string caller in (string[])["c", "a", "b"])
            await file.RecordAsync(SessionFile.Exchange("r", caller), SessionFile.Exchange("elsewhere", caller, "did:b"));
        Assert.Equal(["a", "b"], (await ListAsync(file, "", 2)).Select(session => session.CallerId));
        Assert.Equal(["c"], (await ListAsync(file, "b", 2)).Select(session => session.CallerId));
        Assert.Empty(await ListAsync(file, "c", 2));
    }

    [Fact]
    public async Task Exchanges_come_in_pages_from_the_newest_back()
    {
        await using var file = new SessionFile();
        for (int request = 1; request <= 5; request++)
            await file.RecordAsync(SessionFile.Exchange($"r{request}"));
        Session newest = (await file.FindAsync(exchanges: 2))!;
        Assert.Equal((5L, "r4", "r5"), (newest.Count, newest.Exchanges[0].Exchange.RequestId, newest.Exchanges[1].Exchange.RequestId));
        Assert.Equal(["r2", "r3"], await file.RequestsAsync(exchanges: 2, before: newest.Exchanges[0].Sequence));
        Assert.Empty(await file.RequestsAsync(exchanges: 0));
    }

    [Fact]
    public async Task All_of_it_is_there_after_a_restart()
    {
        await using var file = new SessionFile();
        await file.RecordAsync(SessionFile.Exchange("r1", paid: true));
        await file.ReopenAsync();
        await file.RecordAsync(SessionFile.Exchange("r2"));
        Assert.Equal(["r1", "r2"], await file.RequestsAsync());
    }

    [Fact]
    public async Task What_is_marked_is_kept_once()
    {
        await using var file = new SessionFile();
        await file.RecordAsync(SessionFile.Exchange("r1", once: "purchase/1"), SessionFile.Exchange("r1", once: "purchase/1"), SessionFile.Exchange("r1"));
        await file.ReopenAsync();
        await file.RecordAsync(SessionFile.Exchange("r1", once: "purchase/1"), SessionFile.Exchange("r2", once: "purchase/2"));
        Assert.Equal(["r1", "r1", "r2"], await file.RequestsAsync());
        Assert.Equal(3, (await file.FindAsync())!.Count);
    }

    [Fact]
    public async Task What_was_recorded_cannot_be_changed()
    {
        await using var file = new SessionFile();
        await file.RecordAsync(SessionFile.Exchange("r1"));
        StorageException refused = Assert.Throws<StorageException>(() => RawFile.Execute(file.Path, "UPDATE session_exchange SET body=x'00'"));
        Assert.Contains("append-only", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("\ud800")]
    [InlineData("")]
    [InlineData("\u202e\r\n\u001b[2J")]
    public async Task Any_text_comes_back_whole_or_as_the_replacement_character(string text)
    {
        await using var file = new SessionFile();
        await file.RecordAsync(SessionFile.Exchange("r1") with { Input = text });
        Assert.Equal(text.Replace('\ud800', '\ufffd'), (await file.FindAsync())!.Exchanges[0].Exchange.Input);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(501, 1)]
    [InlineData(1, -1)]
    [InlineData(1, 1_001)]
    public async Task A_question_without_bounds_is_a_bug(int sessions, int exchanges)
    {
        await using var file = new SessionFile();
        var query = new SessionQuery { AgentId = "did:a", Sessions = sessions, Exchanges = exchanges };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await file.Log.ListAsync(query, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await file.Log.FindAsync(query, "peer", CancellationToken.None));
    }

    private static ValueTask<IReadOnlyList<Session>> ListAsync(SessionFile file, string after, int sessions) =>
        file.Log.ListAsync(new SessionQuery { AgentId = "did:a", AfterCaller = after, Sessions = sessions }, CancellationToken.None);
}
