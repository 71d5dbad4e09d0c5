using Betar.Node.Configuration;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Configuration;

public sealed class NodeSecretsTests : IDisposable
{
    private readonly TempFolder _temp = new();
    private readonly Dictionary<string, string> _environment = new() { ["KEY"] = "from-variable", ["EMPTY"] = "" };

    public void Dispose() => _temp.Dispose();

    private NodeSecrets Secrets => new(_temp.Data, _environment.GetValueOrDefault);

    [Theory]
    [InlineData("env:KEY", true)]
    [InlineData("file:/etc/key", true)]
    [InlineData("keystore:openai", true)]
    [InlineData("env:", false)]
    [InlineData("ENV:KEY", false)]
    [InlineData("sk-clear-text", false)]
    [InlineData("", false)]
    public void A_reference_says_where_a_secret_is(string text, bool reference) => Assert.Equal(reference, Secrets.IsReference(text));

    [Fact]
    public void A_variable_is_read() => Assert.Equal("from-variable", Secrets.Find("env:KEY"));

    [Theory]
    [InlineData("env:NOWHERE")]
    [InlineData("env:EMPTY")]
    [InlineData("file:nowhere")]
    [InlineData("keystore:nowhere")]
    [InlineData("keystore:../p2p_identity.key")]
    [InlineData("keystore:agents/a/api_key")]
    [InlineData("sk-clear-text")]
    [InlineData("")]
    public void What_leads_nowhere_is_nothing(string reference) => Assert.Null(Secrets.Find(reference));

    [Fact]
    public void A_file_is_read_without_its_line_end_beside_the_data_or_anywhere()
    {
        string path = Private("key.txt", "from-file\r\n");
        Assert.Equal(("from-file", "from-file"), (Secrets.Find("file:key.txt"), Secrets.Find("file:" + path)));
    }

    [Fact]
    public void A_file_that_others_may_read_is_no_secret()
    {
        File.SetUnixFileMode(Private("key.txt", "x"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        Assert.Null(Secrets.Find("file:key.txt"));
    }

    [Fact]
    public void An_empty_file_and_one_that_is_too_long_are_no_secrets()
    {
        Private("empty", "\n");
        Private("fits", new string('x', KeystoreSecrets.Longest));
        Private("long", new string('x', KeystoreSecrets.Longest + 1));
        Assert.Equal((null, KeystoreSecrets.Longest, null), (Secrets.Find("file:empty"), Secrets.Find("file:fits")!.Length, Secrets.Find("file:long")));
    }

    [Fact]
    public void A_kept_secret_is_found_by_the_reference_that_it_was_given_and_is_for_its_owner_alone()
    {
        string reference = Secrets.Kept.Put("openai", "from-keystore");

        Assert.Equal(("keystore:openai", "from-keystore"), (reference, Secrets.Find(reference)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Secrets.Kept.FileOf("openai")));
        Secrets.Kept.Put("openai", "another");
        Assert.Equal("another", Secrets.Find(reference));
    }

    [Fact]
    public void A_kept_secret_is_no_wallet()
    {
        Secrets.Kept.Put("openai", "x");
        Assert.Empty(new Betar.Node.Folder.Wallets(_temp.Data).List());
    }

    [Fact]
    public void Names_for_agents_fields_are_usable_and_different()
    {
        string[] names = [.. new[] { "a b", "a-b", "a/b", new string('ä', 200) }.Select(agent => KeystoreSecrets.NameFor(agent, "api_key"))];

        Assert.All(names, name => Assert.True(KeystoreSecrets.IsName(name), name));
        Assert.Equal(names.Length, names.Distinct().Count());
    }

    [Fact]
    public void What_came_in_clear_text_is_found_until_the_next_reading_and_an_option_for_ever()
    {
        NodeSecrets secrets = Secrets;
        secrets.Use(new Dictionary<string, Secret> { ["keystore:agents/a/api_key"] = new("first") });
        string option = secrets.Keep("openai_api_key", new Secret("second"));
        Assert.Equal(("first", "second"), (secrets.Find("keystore:agents/a/api_key"), secrets.Find(option)));

        secrets.Use(new Dictionary<string, Secret>());
        Assert.Equal((null, "second"), (secrets.Find("keystore:agents/a/api_key"), secrets.Find(option)));
    }

    private string Private(string name, string content)
    {
        string path = _temp.File(name, content);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }
}
