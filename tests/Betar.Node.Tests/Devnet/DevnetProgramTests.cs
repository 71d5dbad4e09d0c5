using System.Net.Http.Json;
using System.Text.Json;
using Betar.Node.Devnet;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Devnet;

/// <summary>The chain as the process that others meet.</summary>
public sealed class DevnetProgramTests
{
    [Fact]
    public async Task It_says_where_it_is_answers_and_ends_cleanly_on_sigterm()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "devnet", "--data", temp.Path, "--json");
        using var first = JsonDocument.Parse(await program.ReadLineAsync() ?? "");

        Assert.Equal(84532UL, first.RootElement.GetProperty("chainId").GetUInt64());
        Assert.Equal("0x036CbD53842c5426634e7929541eC2318f3dCF7e", first.RootElement.GetProperty("token").GetString());
        Assert.False(first.RootElement.TryGetProperty("stopKey", out _));
        Assert.Equal("0x14a34", await ChainIdAsync(new Uri(first.RootElement.GetProperty("url").GetString()!)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(temp.Data.DevnetInfo));

        await program.SignalAsync("TERM");
        var end = await program.EndAsync();

        Assert.Equal((0, ""), (end.ExitCode, end.Error));
        Assert.False(File.Exists(temp.Data.DevnetInfo));
    }

    [Fact]
    public async Task It_is_started_once_found_again_and_stopped_by_who_knows_the_key()
    {
        using var temp = new TempFolder();

        var first = (await FindOrStartAsync(temp, null)).OrThrow();
        var second = (await FindOrStartAsync(temp, null)).OrThrow();

        Assert.True(first.StartedHere);
        Assert.False(second.StartedHere);
        Assert.Equal((first.Url, first.ProcessId, first.Token), (second.Url, second.ProcessId, second.Token));
        Assert.Equal("0x14a34", await ChainIdAsync(second.Url));

        Assert.Null(await second.StopAsync(TimeProvider.System, CancellationToken.None));
        Assert.Null(DevnetInfo.Read(temp.Data));
        Assert.Null(await second.StopAsync(TimeProvider.System, CancellationToken.None));
    }

    [Fact]
    public async Task A_note_that_a_crash_left_behind_is_not_believed()
    {
        using var temp = new TempFolder();
        var note = $$"""{"url":"http://127.0.0.1:1/","chainId":84532,"token":"0x036CbD53842c5426634e7929541eC2318f3dCF7e","pid":{{Environment.ProcessId}}}""";
        temp.File("devnet.json", note);

        var devnet = (await FindOrStartAsync(temp, null)).OrThrow();

        Assert.True(devnet.StartedHere);
        Assert.Equal("0x14a34", await ChainIdAsync(devnet.Url));
        await devnet.StopAsync(TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task Many_who_need_it_at_once_share_one()
    {
        using var temp = new TempFolder();

        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => FindOrStartAsync(temp, null)));

        var found = all.Where(one => one.IsOk).Select(one => one.Value).ToList();
        Assert.Single(found.Select(devnet => devnet.ProcessId).Distinct());
        Assert.All(all.Where(one => !one.IsOk), one => Assert.Equal("BTR-2002", one.Refusal?.Error.Code));
        Assert.Single(found, devnet => devnet.StartedHere);
        await found[0].StopAsync(TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task Another_chain_than_the_running_one_is_refused()
    {
        using var temp = new TempFolder();
        var running = (await FindOrStartAsync(temp, 31337)).OrThrow();

        var other = await FindOrStartAsync(temp, 84532);

        Assert.Equal("BTR-5002", other.Refusal?.Error.Code);
        await running.StopAsync(TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task Its_memory_is_in_its_file_and_belongs_to_one_chain()
    {
        using var temp = new TempFolder();
        var first = (await FindOrStartAsync(temp, 31337)).OrThrow();
        await first.StopAsync(TimeProvider.System, CancellationToken.None);

        var other = await FindOrStartAsync(temp, 84532);

        Assert.Equal("BTR-5002", other.Refusal?.Error.Code);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("8453")]
    [InlineData("43114")]
    [InlineData("0")]
    public async Task The_id_of_a_chain_with_real_money_is_refused(string id)
    {
        using var temp = new TempFolder();

        var run = await CliRun.RunAsync("chain", "devnet", "--chain-id", id, "--data", temp.Path);

        run.AssertRefused("BTR-1016", 2);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp.Path));
    }

    [Fact]
    public async Task The_child_passes_its_refusal_on()
    {
        using var temp = new TempFolder();

        Assert.Equal("BTR-1016", (await FindOrStartAsync(temp, 1)).Refusal?.Error.Code);
    }

    [Fact]
    public async Task A_second_chain_on_the_folder_is_told_of_the_first()
    {
        using var temp = new TempFolder();
        var running = (await FindOrStartAsync(temp, null)).OrThrow();

        var second = await CliRun.RunAsync("chain", "devnet", "--data", temp.Path);

        second.AssertRefused("BTR-2002", 1);
        Assert.Contains($"process {running.ProcessId}", second.Error, StringComparison.Ordinal);
        await running.StopAsync(TimeProvider.System, CancellationToken.None);
    }

    [Fact]
    public async Task A_taken_port_is_refused()
    {
        using var temp = new TempFolder();
        using var holder = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        holder.Start();

        var run = await CliRun.RunAsync("chain", "devnet", "--listen", holder.LocalEndpoint.ToString()!, "--data", temp.Path);

        run.AssertRefused("BTR-2008", 1);
    }

    [Fact]
    public async Task A_damaged_file_is_refused_and_left_as_it_is()
    {
        using var temp = new TempFolder();
        temp.File("devnet.db", "this is no chain, and it is long enough to be one");

        var run = await CliRun.RunAsync("chain", "devnet", "--data", temp.Path);

        run.AssertRefused("BTR-5003", 1);
        Assert.StartsWith("this is no chain", File.ReadAllText(temp.Data.DevnetDatabase), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_refused() =>
        (await CliRun.RunAsync("chain", "devnet", "--data", "/proc/betar")).AssertRefused("BTR-2001", 1);

    [Fact]
    public async Task In_the_background_it_ignores_the_ctrl_c_of_the_terminal()
    {
        using var temp = new TempFolder();
        using var program = NodeProgram.Start("chain", "devnet", "--data", temp.Path, "--json", "--background");
        using var first = JsonDocument.Parse(await program.ReadLineAsync() ?? "");
        var url = new Uri(first.RootElement.GetProperty("url").GetString()!);

        await program.SignalAsync("INT");

        Assert.Equal("0x14a34", await ChainIdAsync(url));
        await program.SignalAsync("TERM");
        Assert.Equal(0, (await program.EndAsync()).ExitCode);
    }

    private static Task<Checked<DevnetProcess>> FindOrStartAsync(TempFolder temp, ulong? chainId) =>
        DevnetProcess.FindOrStartAsync(temp.Data, chainId, TimeProvider.System, CancellationToken.None);

    private static async Task<string?> ChainIdAsync(Uri url)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(url, new { jsonrpc = "2.0", id = 1, method = "eth_chainId", @params = Array.Empty<object>() });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("result").GetString();
    }
}
