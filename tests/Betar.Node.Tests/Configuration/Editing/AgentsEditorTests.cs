using Betar.Node.Configuration;
using Betar.Node.Configuration.Editing;
using Betar.Node.Errors;

namespace Betar.Node.Tests.Configuration.Editing;

/// <summary>Comments and everything that is not the agent at hand stand as they stood.</summary>
public sealed class AgentsEditorTests
{
    private const string Block = """
        # my fleet
        agents:
          # the first
          - name: one   # its name
            price: 0.001
            executor: { builtin: echo }
            description: >
              two lines
              of text

          # the second
          - name: two
            executor: { builtin: math }
            # at its end
        facilitator: https://f.example/   # elsewhere

        """;

    [Fact]
    public void A_field_is_changed_where_it_stands() =>
        Assert.Equal(Block.Replace("0.001", "0.5", StringComparison.Ordinal), Edit(Block, "one", ("price", "0.5")));

    [Fact]
    public void A_new_field_comes_below_the_name() =>
        Assert.Equal(Block.Replace("- name: two\n", "- name: two\n    model: gpt\n", StringComparison.Ordinal), Edit(Block, "two", ("model", "gpt")));

    [Fact]
    public void A_comment_beside_the_name_stays() =>
        Assert.Equal(Block.Replace("# its name\n", "# its name\n    model: gpt\n", StringComparison.Ordinal), Edit(Block, "one", ("model", "gpt")));

    [Fact]
    public void Text_of_several_lines_becomes_one() => Assert.Equal(
        Block.Replace("description: >\n      two lines\n      of text\n", "description: \"one: line\"\n", StringComparison.Ordinal), Edit(Block, "one", ("description", "one: line")));

    [Fact]
    public void Several_fields_are_changed_at_once()
    {
        AgentDeclaration agent = Parse(Edit(Block, "one", ("price", "2"), ("model", "gpt"), ("provider", "openai"))).Single(agent => agent.Name == "one");
        Assert.Equal(("2000000", "gpt", "openai"), (agent.Price.ToString(), agent.Model, agent.Provider));
    }

    [Fact]
    public void An_agent_goes_and_the_comments_around_it_stay()
    {
        string left = AgentsEditor.Remove(Block, "f", "one").Value;
        Assert.Equal(["two"], Parse(left).Select(agent => agent.Name));
        Assert.All(["# my fleet", "# the first", "# the second", "# at its end", "# elsewhere"], comment => Assert.Contains(comment, left, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Block)]
    [InlineData("agents: [ { name: one, executor: { builtin: echo } }, { name: two, executor: { builtin: math } } ]\n")]
    [InlineData("agents:\n- name: one\n  executor: { builtin: echo }\n- name: two\n  executor: { builtin: math }")]
    [InlineData("agents:\n  - { name: one, executor: { builtin: echo } }\n  - { name: two, executor: { builtin: math } }\n")]
    [InlineData("agents:\n  - executor:\n      builtin: echo\n    name: one\n  -   name: two\n      executor:\n        builtin: math\n")]
    public void Every_way_to_write_agents_can_be_changed(string text)
    {
        string added = AgentsEditor.Add(text, "f", "three", [new("price", "1"), AgentEdit.Builtin("echo")]).Value;
        Assert.Equal(["one", "two", "three"], Parse(added).Select(agent => agent.Name));
        string edited = Edit(added, "two", ("price", "7"));
        Assert.Equal("7000000", Parse(edited).Single(agent => agent.Name == "two").Price.ToString());
        foreach (string name in new[] { "one", "three", "two" })
            edited = AgentsEditor.Remove(edited, "f", name).Value;
        Assert.Empty(Parse(edited));
        Assert.Equal(["again"], Parse(AgentsEditor.Add(edited, "f", "again", [AgentEdit.Builtin("echo")]).Value).Select(agent => agent.Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# only a comment\n")]
    [InlineData("agents:")]
    [InlineData("agents:\n")]
    [InlineData("agents: # none yet\n")]
    [InlineData("agents: []\n")]
    [InlineData("facilitator: https://f.example/")]
    public void The_first_agent_is_added_to_a_file_of_none(string text)
    {
        string added = AgentsEditor.Add(text, "f", "first one", [new("description", "says: \"hi\" # not a comment"), AgentEdit.Builtin("echo")]).Value;
        AgentDeclaration agent = Assert.Single(Parse(added));
        Assert.Equal(("first one", "says: \"hi\" # not a comment"), (agent.Name, agent.Description));
        Assert.Contains(text.Trim().Split('\n')[0].Split('#')[^1].Replace("agents:", "", StringComparison.Ordinal).Replace("[]", "", StringComparison.Ordinal), added, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("~")]
    [InlineData("- a")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("'")]
    [InlineData("\"")]
    [InlineData("{{ x }}")]
    [InlineData("line\nbreak\ttab")]
    [InlineData(" blanks ")]
    [InlineData("ünï ☃")]
    [InlineData("0x1f")]
    public void Any_text_is_read_back_as_it_was_given(string description) =>
        Assert.Equal(description, Assert.Single(Parse(AgentsEditor.Add("", "f", "a", [new("description", description), AgentEdit.Builtin("echo")]).Value)).Description);

    [Fact]
    public void What_is_not_there_and_what_is_there_already_is_said()
    {
        Assert.Equal("BTR-1023", AgentsEditor.Edit(Block, "f", "three", []).Refusal?.Error.Code);
        Assert.Equal("BTR-1023", AgentsEditor.Remove(Block, "f", "three").Refusal?.Error.Code);
        Assert.Equal("BTR-1024", AgentsEditor.Add(Block, "f", "one", []).Refusal?.Error.Code);
    }

    [Theory]
    [InlineData("[a]", "BTR-1025")]
    [InlineData("agents: text", "BTR-1025")]
    [InlineData("agents: ~", "BTR-1025")]
    [InlineData("agents: [ { price: 1 } ]", "BTR-1025")]
    [InlineData("agents: [", "BTR-1011")]
    public void What_it_does_not_understand_it_does_not_touch(string text, string code) =>
        Assert.Equal(code, AgentsEditor.Add(text, "f", "x", [AgentEdit.Builtin("echo")]).Refusal?.Error.Code);

    [Fact]
    public void A_change_that_would_reach_another_agent_is_refused()
    {
        const string Shared = "agents:\n  - name: one\n    description: &d text\n    executor: { builtin: echo }\n  - name: two\n    description: *d\n    executor: { builtin: echo }\n";
        Assert.Equal("BTR-1025", AgentsEditor.Edit(Shared, "f", "one", [new("description", "other")]).Refusal?.Error.Code);
    }

    [Fact]
    public void A_value_that_the_file_may_not_have_is_refused() =>
        Assert.Equal("BTR-1014", AgentsEditor.Edit(Block, "f", "one", [new("price", "cheap")]).Refusal?.Error.Code);

    private static string Edit(string text, string name, params (string Field, string Value)[] fields)
    {
        Checked<string> edited = AgentsEditor.Edit(text, "f", name, [.. fields.Select(field => new AgentEdit(field.Field, field.Value))]);
        return edited.OrThrow();
    }

    private static IReadOnlyList<AgentDeclaration> Parse(string text) => AgentsFile.Parse(text, "f").OrThrow().Agents;
}
