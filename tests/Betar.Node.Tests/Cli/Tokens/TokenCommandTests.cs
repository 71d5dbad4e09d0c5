using Betar.Node.Http;
using Betar.Node.Http.Tokens;
using Betar.Node.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Betar.Node.Tests.Cli.Tokens;

public sealed class TokenCommandTests
{
    [Theory]
    [InlineData("read", ApiRole.Read)]
    [InlineData("operate", ApiRole.Operate)]
    [InlineData("SPEND", ApiRole.Spend)]
    public async Task A_new_token_has_its_role_until_it_is_revoked(string word, object role)
    {
        using var temp = new TempFolder();
        CliRun made = await CliRun.RunAsync("token", "new", "--role", word, "--name", "me", "--data", temp.Path);
        string token = made.Out.Trim();
        var tokens = new ApiTokens(null, new ApiTokenFile(temp.Data.Tokens), NullLogger<ApiTokens>.Instance);

        Assert.Equal((ApiRole)role, tokens.Find(token)?.Role);
        string list = (await CliRun.RunAsync("token", "list", "--data", temp.Path)).Out;
        Assert.Contains("me", list, StringComparison.Ordinal);
        Assert.DoesNotContain(token, list, StringComparison.Ordinal);
        Assert.Equal(0, (await CliRun.RunAsync("token", "revoke", list.Split(' ')[0], "--data", temp.Path)).ExitCode);
        Assert.Null(tokens.Find(token));
    }

    [Fact]
    public async Task For_machines_it_is_json()
    {
        using var temp = new TempFolder();
        CliRun made = await CliRun.RunAsync("token", "new", "--json", "--data", temp.Path);
        CliRun list = await CliRun.RunAsync("token", "list", "--json", "--data", temp.Path);

        Assert.Equal("read", made.Json().GetProperty("role").GetString());
        Assert.StartsWith("btr_", made.Json().GetProperty("token").GetString(), StringComparison.Ordinal);
        Assert.Equal(made.Json().GetProperty("id").GetString(), Assert.Single(list.Json().EnumerateArray()).GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("new", "--role", "all")]
    [InlineData("new", "--role", "2")]
    [InlineData("new", "--name", "12345678901234567890123456789012345678901234567890123456789012345")]
    [InlineData("revoke", "nobody")]
    public async Task What_cannot_be_is_refused(params string[] words)
    {
        using var temp = new TempFolder();
        (await CliRun.RunAsync(["token", .. words, "--data", temp.Path])).AssertRefused("BTR-1003", 2);
    }

    [Fact]
    public async Task A_file_that_is_no_list_of_tokens_is_left_as_it_is()
    {
        using var temp = new TempFolder();
        string path = temp.File("api-tokens.json", "[{}]");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        (await CliRun.RunAsync("token", "new", "--data", temp.Path)).AssertRefused("BTR-1058", 2);
        Assert.Equal("[{}]", await File.ReadAllTextAsync(path));
    }
}
