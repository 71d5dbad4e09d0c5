using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Fleet;

public sealed class AgentSpecCheckTests
{
    [Fact]
    public void A_call_of_an_agent_waits_longer_than_its_longest_task() => Assert.True(
        TimeSpan.Parse((string)typeof(IAgentGrain).GetMethod(nameof(IAgentGrain.Run))!.CustomAttributes
            .Single(attribute => attribute.AttributeType.Name == "ResponseTimeoutAttribute").ConstructorArguments[0].Value!, System.Globalization.CultureInfo.InvariantCulture)
        > TimeSpan.FromSeconds(86_400));

    private static readonly ExecutorFactory s_executors = new(new ExecutorOptions());

    public static TheoryData<string, AgentSpec> Faults => new()
    {
        { "the agent id must have", Samples.Spec with { AgentId = "" } },
        { "the agent id must have", Samples.Spec with { AgentId = " " } },
        { "the agent id must have", Samples.Spec with { AgentId = new string('x', 257) } },
        { "has a slash", Samples.Spec with { AgentId = "peer/did:test:agent" } },
        { "the name must have", Samples.Spec with { Name = "" } },
        { "the name must have", Samples.Spec with { Name = new string('x', 257) } },
        { "price '-1'", Samples.Spec with { PriceAtomic = "-1" } },
        { "price '0.001'", Samples.Spec with { PriceAtomic = "0.001" } },
        { "price ''", Samples.Spec with { PriceAtomic = "" } },
        { "price '-2' of a million", Samples.Spec with { InputPriceAtomic = "-2" } },
        { "price '1000000000001' of a million", Samples.Spec with { OutputPriceAtomic = "1000000000001" } },
        { "needs an executor that says what it used, and builtin does not", Samples.Spec with { OutputPriceAtomic = "1" } },
        { "needs the most that a task costs", Samples.Spec with { PriceAtomic = "0", OutputPriceAtomic = "1", ExecutorKind = "llm", ExecutorTarget = "", ExecutorConfig = """{"model":"m"}""" } },
        { "payTo '0x12'", Samples.Spec with { PayTo = "0x12" } },
        { "payTo", Samples.Spec with { PayTo = "0x1A642f0E3c3aF545E7AcBD38b07251B3990914F1" } },
        { "maxConcurrency 0", Samples.Spec with { MaxConcurrency = 0 } },
        { "maxConcurrency 10001", Samples.Spec with { MaxConcurrency = 10_001 } },
        { "maxQueue -1", Samples.Spec with { MaxQueue = -1 } },
        { "maxQueue 100001", Samples.Spec with { MaxQueue = 100_001 } },
        { "retries -1", Samples.Spec with { Retries = -1 } },
        { "retries 11", Samples.Spec with { Retries = 11 } },
        { "timeoutSeconds -1", Samples.Spec with { TimeoutSeconds = -1 } },
        { "timeoutSeconds 86401", Samples.Spec with { TimeoutSeconds = 86_401 } },
        { "memoryTurns -1", Samples.Spec with { MemoryTurns = -1 } },
        { "memoryTurns 1001", Samples.Spec with { MemoryTurns = 1_001 } },
        { "summaryBytes 255", Samples.Spec with { ExecutorKind = "llm", MemoryTurns = 1, SummaryBytes = 255 } },
        { "summaryBytes 16385", Samples.Spec with { ExecutorKind = "llm", MemoryTurns = 1, SummaryBytes = 16_385 } },
        { "a summary is made of remembered exchanges", Samples.Spec with { ExecutorKind = "llm", SummaryBytes = 256 } },
        { "for an executor of kind llm", Samples.Spec with { MemoryTurns = 1, SummaryBytes = 256 } },
        { "refundPolicy 'never'", Samples.Spec with { RefundPolicy = "never" } },
        { "budget '1.5'", Samples.Spec with { HirePerTaskAtomic = "1.5" } },
        { "budget '-1'", Samples.Spec with { HirePerDayAtomic = "-1" } },
        { "skill 'look'", Samples.Spec with { Skills = [new AgentSkill { SkillId = "look", Name = "Look", InputSchema = "{" }] } },
        { "http.url: This is missing", Samples.Spec with { ExecutorKind = "http", ExecutorConfig = "{}" } },
        { "builtin: nothing", Samples.Spec with { ExecutorTarget = "nothing" } },
        { "magic: echo", Samples.Spec with { ExecutorKind = "magic" } },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_is_found(string fault, AgentSpec spec)
    {
        Refusal? refusal = AgentSpecCheck.Find(spec, s_executors);

        Assert.Equal(RefusalCodes.AgentSpecInvalid, refusal?.Code);
        Assert.Contains(fault, refusal!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(";", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_faults_are_told_at_once()
    {
        Refusal? refusal = AgentSpecCheck.Find(Samples.Spec with { PriceAtomic = "x", PayTo = "y", MaxQueue = -5 }, s_executors);

        Assert.Equal(3, refusal!.Message.Split(';').Length);
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        Assert.Null(AgentSpecCheck.Find(Samples.Spec with { MaxConcurrency = 1, MaxQueue = 0, Retries = 0, PriceAtomic = "0" }, s_executors));
        Assert.Null(AgentSpecCheck.Find(
            Samples.Spec with { MaxConcurrency = 10_000, MaxQueue = 100_000, Retries = 10, Name = new string('x', 256) }, s_executors));
        foreach (int bytes in new[] { 256, 16_384 })
            Assert.Null(AgentSpecCheck.Find(Samples.Spec with { ExecutorKind = "llm", MemoryTurns = 1, SummaryBytes = bytes }, s_executors));
    }

    [Fact]
    public void A_row_gives_back_the_spec_that_was_put_in()
    {
        AgentSpec spec = Samples.Spec with { Description = "says \"ü\"", MayRetry = false, MaxConcurrency = 7, MaxQueue = 9, Retries = 3 };

        Assert.Equal(spec, AgentRow.Decode(AgentRow.Encode(spec)));
    }

    [Fact]
    public void A_row_without_an_agent_is_damage() =>
        Assert.Throws<InvalidDataException>(() => AgentRow.Decode("null"u8.ToArray()));

    [Theory]
    [InlineData("did:test:agent", true)]
    [InlineData("12D3KooWPeer/did:test:agent", true)]
    [InlineData("did:test:other", false)]
    [InlineData("did:test:agent/", false)]
    [InlineData("a/b/did:test:agent", false)]
    [InlineData("", false)]
    public void An_offer_is_found_by_did_and_by_peer_and_did(string name, bool found)
    {
        var book = new OfferBook();
        book.Put(Samples.Spec);

        Assert.Equal(found, book.TryGet(name, out AgentSpec? spec));
        Assert.Equal(found ? Samples.Spec : null, spec);
    }

    [Fact]
    public void Offers_are_listed_by_name_and_can_be_taken_back()
    {
        var book = new OfferBook();
        book.Put(Samples.Spec with { AgentId = "2", Name = "b" });
        book.Put(Samples.Spec with { AgentId = "1", Name = "a" });

        Assert.Equal(["a", "b"], book.All.Select(spec => spec.Name));
        book.Remove("1");
        Assert.Equal(["b"], book.All.Select(spec => spec.Name));
    }
}
