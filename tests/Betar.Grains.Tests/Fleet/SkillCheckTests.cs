using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;
using Betar.Grains.Tests.Support;

namespace Betar.Grains.Tests.Fleet;

public sealed class SkillCheckTests
{
    private const string City = """{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}""";

    [Fact]
    public void An_agent_without_skills_takes_any_text() => Assert.Null(SkillCheck.Find(Samples.Spec, "any"));

    [Fact]
    public void A_skill_without_a_schema_takes_any_text() => Assert.Null(SkillCheck.Find(With(City, ""), "any"));

    [Theory]
    [InlineData("""{"city":"Bern"}""")]
    [InlineData("""{"city":"Bern","more":1}""")]
    public void A_task_in_the_skills_schema_is_taken(string input) => Assert.Null(SkillCheck.Find(With(City), input));

    [Theory]
    [InlineData("Bern")]
    [InlineData("{}")]
    [InlineData("""{"city":1}""")]
    [InlineData("""{"city":"Bern","city":"Rome"}""")]
    [InlineData("""{"city":"Bern" """)]
    [InlineData("\ud800")]
    [InlineData("")]
    public void Any_other_is_refused_with_its_code(string input) =>
        Assert.Equal(RefusalCodes.TaskRefused, SkillCheck.Find(With(City), input)?.Code);

    [Fact]
    public void The_refusal_says_where_and_never_repeats_the_task()
    {
        string message = SkillCheck.Find(With(City), """{"city":["hunter2"]}""")!.Message;

        Assert.Contains("'city'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("short", true)]
    [InlineData("far too long a text", false)]
    [InlineData("\"quoted\"", true)]
    public void A_plain_text_is_taken_where_the_schema_takes_texts(string input, bool taken) =>
        Assert.Equal(taken, SkillCheck.Find(With("""{"type":"string","maxLength":8}"""), input) is null);

    [Fact]
    public void One_skill_of_several_is_enough() => Assert.Null(SkillCheck.Find(With(City, """{"type":"array"}"""), "[1]"));

    [Fact]
    public void A_schema_with_a_fault_is_found_when_it_is_declared()
    {
        Assert.Contains("skill 's0'", Assert.Single(SkillCheck.FaultsOf(With("""{"$ref":"x"}"""))), StringComparison.Ordinal);
        Assert.Empty(SkillCheck.FaultsOf(With(City)));
    }

    private static AgentSpec With(params string[] schemas) => Samples.Spec with
    {
        Skills = [.. schemas.Select((schema, place) => new AgentSkill { SkillId = $"s{place}", Name = "skill", InputSchema = schema })],
    };
}
