using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli.Agents;

public sealed class AgentConfigTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task An_agent_is_added_listed_changed_and_deleted()
    {
        Assert.Equal(0, (await RunAsync("add", "-n", "writer", "-d", "writes", "-r", "0.5", "--model", "gpt", "--provider", "openai")).ExitCode);
        Assert.Equal(("writer", 0.5m), await FirstAsync());
        Assert.Equal(0, (await RunAsync("edit", "writer", "--price", "0.25")).ExitCode);
        Assert.Equal(("writer", 0.25m), await FirstAsync());
        Assert.Contains("model: gpt", File.ReadAllText(_temp.Data.Agents), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("delete", "writer")).ExitCode);
        Assert.Contains("has no agents", (await RunAsync("list")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_keys_are_made_as_a_side_effect()
    {
        await RunAsync("list");
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
        await RunAsync("add", "-n", "a", "--builtin", "echo");
        Assert.Equal([_temp.Data.Agents], Directory.EnumerateFileSystemEntries(_temp.Path));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_temp.Data.Agents));
    }

    [Fact]
    public async Task A_key_goes_into_the_keystore_and_a_reference_into_the_file()
    {
        CliRun run = await RunAsync("add", "-n", "writer", "--openai-api-key", "hush-hush");
        string file = File.ReadAllText(_temp.Data.Agents);

        Assert.DoesNotContain("hush", file + run.Out + run.Error, StringComparison.Ordinal);
        Assert.Contains("openai_api_key: \"keystore:writer-openai-api-key-", file, StringComparison.Ordinal);
        Assert.Single(Directory.EnumerateFiles(_temp.Data.Keystore, "*.secret"), path => File.ReadAllText(path) == "hush-hush\n");
    }

    [Fact]
    public async Task A_reference_is_kept_as_it_is()
    {
        await RunAsync("add", "-n", "writer", "--api-key", "env:MY_KEY");
        Assert.Contains("api_key: \"env:MY_KEY\"", File.ReadAllText(_temp.Data.Agents), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_temp.Data.Keystore));
    }

    [Theory]
    [InlineData("BTR-1023", "edit", "nobody", "--price", "1")]
    [InlineData("BTR-1023", "delete", "nobody")]
    [InlineData("BTR-1024", "add", "-n", "here", "--builtin", "echo")]
    [InlineData("BTR-1014", "edit", "here", "--price", "much")]
    [InlineData("BTR-1015", "edit", "here", "--pay-to", "me")]
    [InlineData("BTR-1012", "edit", "here", "--builtin", "sing")]
    [InlineData("BTR-1004", "add", "-d", "no name")]
    public async Task What_cannot_be_done_changes_nothing(string code, params string[] words)
    {
        string text = "agents:\n  - name: here # stays\n    executor: { builtin: echo }\n";
        _temp.File("agents.yaml", text);

        (await RunAsync(words)).AssertRefused(code, 2);
        Assert.Equal(text, File.ReadAllText(_temp.Data.Agents));
    }

    private async Task<(string?, decimal)> FirstAsync()
    {
        var agent = (await RunAsync("list", "--json")).Json()[0];
        return (agent.GetProperty("name").GetString(), agent.GetProperty("price").GetDecimal());
    }

    private Task<CliRun> RunAsync(params string[] words) => CliRun.RunAsync(["agent", "config", .. words, "--data", _temp.Path]);
}
