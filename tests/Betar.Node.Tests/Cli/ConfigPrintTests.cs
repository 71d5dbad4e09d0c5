using System.Text.Json;
using Betar.Node.Configuration.Settings;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Cli;

public sealed class ConfigPrintTests : IDisposable
{
    private readonly TempFolder _temp = new();

    public void Dispose() => _temp.Dispose();

    [Fact]
    public async Task Every_setting_is_shown_with_its_origin()
    {
        _temp.File("config.yaml", "silos: 2\n");
        CliRun run = await RunAsync(new() { ["BETAR_SETTLERS"] = "3" }, "--json", "--port", "4001");
        JsonElement[] all = [.. run.Json().EnumerateArray()];

        Assert.Equal(NodeSetting.All.Select(setting => setting.Name), all.Select(setting => setting.GetProperty("name").GetString()));
        Assert.Equal(("2", "file"), Of("silos"));
        Assert.Equal(("3", "environment"), Of("settlers"));
        Assert.Equal(("4001", "option"), Of("p2p_port"));
        Assert.Equal(("devnet", "default"), Of("network"));

        (string?, string?) Of(string name)
        {
            JsonElement setting = all.Single(setting => setting.GetProperty("name").GetString() == name);
            return (setting.GetProperty("value").GetString(), setting.GetProperty("origin").GetString());
        }
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--verbose")]
    public async Task A_secret_is_not_shown(string way)
    {
        CliRun run = await RunAsync(new()
        {
            ["OPENAI_API_KEY"] = "hush-1", ["GOOGLE_API_KEY"] = "hush-2", ["ETHEREUM_PRIVATE_KEY"] = "hush-3", ["BETAR_WALLET_PASSWORD"] = "hush-4",
        }, way);

        Assert.Equal(0, run.ExitCode);
        Assert.DoesNotContain("hush", run.Out + run.Error, StringComparison.Ordinal);
        Assert.Equal(4, run.Out.Split("(hidden)").Length - 1);
    }

    [Fact]
    public async Task A_key_of_the_command_line_is_not_shown_either() =>
        Assert.DoesNotContain("hush", (await RunAsync([], "--openai-api-key", "hush")).Out, StringComparison.Ordinal);

    [Fact]
    public async Task What_is_wrong_is_told_below_what_holds()
    {
        CliRun run = await RunAsync(new() { ["BETAR_SILOS"] = "99" });
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("BETAR_SILOS", run.Out, StringComparison.Ordinal);
        Assert.StartsWith("BTR-1003: BETAR_SILOS 99 is not within 1 to 16", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_made()
    {
        await RunAsync([]);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_temp.Path));
    }

    private Task<CliRun> RunAsync(Dictionary<string, string> environment, params string[] words) =>
        CliRun.RunAsync(environment, ["config", "print", "--data", _temp.Path, .. words]);
}
