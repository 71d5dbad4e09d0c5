using Betar.Agents.Secrets;
using Betar.Agents.Tests.Support;

namespace Betar.Agents.Tests.Secrets;

public sealed class SecretTests
{
    [Theory]
    [InlineData("env:KEY", true)]
    [InlineData("file:/run/key", true)]
    [InlineData("keystore:wallet", true)]
    [InlineData("sk-plain", false)]
    [InlineData("", false)]
    public void A_reference_says_where_a_secret_is(string text, bool reference) => Assert.Equal(reference, new EnvironmentSecrets().IsReference(text));

    [Fact]
    public void A_file_is_read_without_its_last_line_feed()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "value\n");
            Assert.Equal("value", new EnvironmentSecrets().Find("file:" + path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Theory]
    [InlineData("env:BETAR_NO_SUCH_VARIABLE")]
    [InlineData("file:/no/such/file")]
    [InlineData("keystore:any")]
    [InlineData("plain")]
    public void What_is_not_there_is_null(string reference) => Assert.Null(new EnvironmentSecrets().Find(reference));

    [Fact]
    public void Values_are_resolved_and_the_first_missing_one_is_named()
    {
        var secrets = new TestSecrets(("env:A", "1"));

        Assert.Equal("1", secrets.Resolve(new Dictionary<string, string> { ["a"] = "env:A", ["b"] = "plain" }, out _)!["a"]);
        Assert.Null(secrets.Resolve(new Dictionary<string, string> { ["a"] = "env:A", ["b"] = "env:B" }, out string missing));
        Assert.Equal("b", missing);
    }
}
