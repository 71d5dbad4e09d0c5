using System.Text.Json;
using Betar.Agents.Configuration;

namespace Betar.Agents.Tests.Configuration;

public sealed class ExecutorSettingsTests
{
    [Theory]
    [InlineData("builtin", "{}")]
    [InlineData("builtin", """{"algorithm":"keccak256"}""")]
    [InlineData("dotnet", """{"idempotent":true}""")]
    [InlineData("llm", "{}")]
    [InlineData("llm", """{"provider":"openai","model":"gpt","apiKey":"env:KEY","baseUrl":"https://llm.example/v1","fallback":{"model":"other"},"temperature":0.2,"topP":1,"seed":7,"stop":["END"]}""")]
    [InlineData("llm", """{"baseUrl":"http://127.0.0.1:11434/v1","allowPrivate":true}""")]
    [InlineData("llm", """{"tools":[{"name":"files","command":["tool","-x"],"environment":{"KEY":"env:KEY"},"allow":["read"]},{"name":"web","url":"https://mcp.example","headers":{"Authorization":"env:TOKEN"},"allow":["get"]}]}""")]
    [InlineData("llm", """{"outputSchema":{"type":"object","required":["answer"]}}""")]
    [InlineData("http", """{"url":"https://hook.example/run","secret":"file:hook.key","headers":{"X-Team":"a"},"idempotent":true,"retries":3}""")]
    [InlineData("http", """{"url":"http://127.0.0.1:8080","secret":"env:S","allowPrivate":true}""")]
    [InlineData("process", """{"command":["/bin/cat"],"mode":"worker","workingFolder":"/srv","inherit":["PATH"],"environment":{"A":"b"}}""")]
    [InlineData("mcp", """{"url":"https://mcp.example","tool":"get","arguments":{"a":1}}""")]
    [InlineData("mcp", """{"command":["server"],"tool":"get","textArgument":"text"}""")]
    public void Settings_in_order_have_no_fault(string kind, string config) => Assert.Empty(ExecutorSettings.Check(kind, config));

    [Theory]
    [InlineData("other", "{}", "")]
    [InlineData("builtin", "[]", "")]
    [InlineData("builtin", "{", "")]
    [InlineData("builtin", """{"algorithm":"md5"}""", "algorithm")]
    [InlineData("builtin", """{"speed":1}""", "speed")]
    [InlineData("dotnet", """{"idempotent":"yes"}""", "idempotent")]
    [InlineData("llm", """{"model":1}""", "model")]
    [InlineData("llm", """{"provider":"other"}""", "provider")]
    [InlineData("llm", """{"apiKey":"sk-plain-text"}""", "apiKey")]
    [InlineData("llm", """{"fallback":{"apiKey":"sk-plain-text"}}""", "fallback.apiKey")]
    [InlineData("llm", """{"baseUrl":"ftp://llm.example"}""", "baseUrl")]
    [InlineData("llm", """{"baseUrl":"https://user:password@llm.example"}""", "baseUrl")]
    [InlineData("llm", """{"apiKey":"env:KEY","baseUrl":"http://llm.example"}""", "baseUrl")]
    [InlineData("llm", """{"fallback":{"apiKey":"env:KEY","baseUrl":"http://llm.example"}}""", "fallback.baseUrl")]
    [InlineData("llm", """{"temperature":3}""", "temperature")]
    [InlineData("llm", """{"maxSteps":0}""", "maxSteps")]
    [InlineData("llm", """{"outputSchema":{"$ref":"x"}}""", "outputSchema.$ref")]
    [InlineData("llm", """{"tools":[{"name":"a","allow":["x"]}]}""", "tools.0")]
    [InlineData("llm", """{"tools":[{"name":"a","command":["c"],"url":"https://b.example","allow":["x"]}]}""", "tools.0")]
    [InlineData("llm", """{"tools":[{"name":"a","command":["c"],"allow":[]}]}""", "tools.0.allow")]
    [InlineData("llm", """{"tools":[{"name":"a","command":["c"]}]}""", "tools.0.allow")]
    [InlineData("llm", """{"tools":[{"name":"a b","command":["c"],"allow":["x"]}]}""", "tools.0.name")]
    [InlineData("llm", """{"tools":[{"name":"a","command":["c"],"allow":["x"]},{"name":"a","command":["c"],"allow":["x"]}]}""", "tools.1.name")]
    [InlineData("http", "{}", "url")]
    [InlineData("http", """{"url":"file:///etc/passwd"}""", "url")]
    [InlineData("http", """{"url":"https://[bad"}""", "url")]
    [InlineData("http", """{"url":"https://a.example","secret":"plain"}""", "secret")]
    [InlineData("http", """{"url":"http://a.example","secret":"env:S"}""", "url")]
    [InlineData("http", """{"url":"http://a.example","headers":{"Authorization":"env:S"}}""", "url")]
    [InlineData("http", """{"url":"https://a.example","headers":{"X Y":"a"}}""", "headers.X Y")]
    [InlineData("http", """{"url":"https://a.example","headers":{"X":"a\r\nHost: b"}}""", "headers.X")]
    [InlineData("process", "{}", "command")]
    [InlineData("process", """{"command":[]}""", "command")]
    [InlineData("process", """{"command":["a"],"mode":"shell"}""", "mode")]
    [InlineData("process", """{"command":["a"],"workingFolder":"relative"}""", "workingFolder")]
    [InlineData("process", """{"command":["a"],"inherit":["A=B"]}""", "inherit.0")]
    [InlineData("mcp", """{"tool":"a"}""", "")]
    [InlineData("mcp", """{"command":["a"]}""", "tool")]
    [InlineData("mcp", """{"command":["a"],"tool":"a","headers":{"X":"y"}}""", "headers")]
    [InlineData("mcp", """{"url":"https://a.example","tool":"a","environment":{"X":"y"}}""", "environment")]
    public void A_fault_is_found_at_its_place(string kind, string config, string path) =>
        Assert.Contains(ExecutorSettings.Check(kind, config), fault => fault.Path == path && fault.Message.EndsWith('.'));

    [Fact]
    public void All_faults_come_at_once() => Assert.Equal(
        ["fallback.model", "maxSteps", "retries", "unknown"],
        ExecutorSettings.Check("llm", """{"maxSteps":0,"retries":-1,"fallback":{"model":1},"unknown":1}""").Select(fault => fault.Path).Order(StringComparer.Ordinal));

    [Fact]
    public void A_plain_key_is_not_repeated_in_the_fault() =>
        Assert.DoesNotContain("sk-plain-text", Assert.Single(ExecutorSettings.Check("llm", """{"apiKey":"sk-plain-text"}""")).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Settings_have_a_largest_size()
    {
        Assert.Empty(ExecutorSettings.Check("builtin", "{}".PadRight(ExecutorSettings.MaxLength)));
        Assert.Single(ExecutorSettings.Check("builtin", "{}".PadRight(ExecutorSettings.MaxLength + 1)));
    }

    [Theory]
    [InlineData("process", """{"command":["/bin/cat"]}""", "")]
    [InlineData("mcp", """{"command":["server"],"tool":"a"}""", "command")]
    [InlineData("llm", """{"tools":[{"name":"a","command":["c"],"allow":["x"]}]}""", "tools.0.command")]
    [InlineData("llm", """{"apiKey":"env:OPENAI_API_KEY","baseUrl":"https://thief.example"}""", "apiKey")]
    [InlineData("http", """{"url":"https://thief.example","headers":{"X":"file:wallet.key"}}""", "headers.X")]
    [InlineData("http", """{"url":"http://127.0.0.1","allowPrivate":true}""", "allowPrivate")]
    public void From_the_network_nothing_reaches_programs_secrets_or_the_inside(string kind, string config, string path)
    {
        using JsonDocument document = JsonDocument.Parse(config);

        Assert.Empty(ExecutorSettings.Check(kind, document.RootElement));
        Assert.Equal(path, Assert.Single(ExecutorSettings.CheckForeign(kind, document.RootElement)).Path);
    }

    [Theory]
    [InlineData("builtin", "{}")]
    [InlineData("http", """{"url":"https://hook.example"}""")]
    [InlineData("llm", """{"system":"Be brief.","outputSchema":{"const":"env:NOTHING"}}""")]
    public void From_the_network_harmless_settings_are_taken(string kind, string config)
    {
        using JsonDocument document = JsonDocument.Parse(config);

        Assert.Empty(ExecutorSettings.CheckForeign(kind, document.RootElement));
    }

    [Fact]
    public void There_is_a_schema_of_every_kind_and_of_no_other()
    {
        Assert.All(ExecutorKinds.All, kind => Assert.StartsWith("{", ExecutorSettings.Schema(kind), StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => ExecutorSettings.Schema("other"));
    }
}
