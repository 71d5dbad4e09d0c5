using System.Text.Json;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Models;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Errors;
using Betar.Node.Tests.Support;

namespace Betar.Node.Tests.Configuration;

/// <summary>Which model answers for an agent, where it is asked, and with whose key.</summary>
public sealed class ModelBinderTests
{
    private static readonly ModelDefaults s_google = new() { GoogleKey = "env:GOOGLE_API_KEY" };
    private static readonly ModelDefaults s_openAi = new() { OpenAiKey = "env:OPENAI_API_KEY" };
    private static readonly Dictionary<string, string> s_environment = new() { ["GOOGLE_API_KEY"] = "g", ["OPENAI_API_KEY"] = "o", ["MINE"] = "m" };

    [Fact]
    public void A_google_key_of_the_node_means_googles_models() => AssertModel("description: x", s_google, "google", "gemini-2.5-flash", "env:GOOGLE_API_KEY", null);

    [Fact]
    public void An_openai_key_of_the_node_means_openais_models() => AssertModel("description: x", s_openAi, "openai", "gpt-4o-mini", "env:OPENAI_API_KEY", null);

    [Fact]
    public void Google_comes_first_where_there_are_keys_for_both() =>
        AssertModel("description: x", s_openAi with { GoogleKey = "env:GOOGLE_API_KEY" }, "google", "gemini-2.5-flash", "env:GOOGLE_API_KEY", null);

    [Fact]
    public void The_provider_of_the_node_decides_between_its_keys() =>
        AssertModel("description: x", s_openAi with { GoogleKey = "env:GOOGLE_API_KEY", Provider = " OpenAI " }, "openai", "gpt-4o-mini", "env:OPENAI_API_KEY", null);

    [Fact]
    public void The_agents_own_provider_stands_above_the_nodes() =>
        AssertModel("provider: Google", s_google with { Provider = "openai" }, "google", "gemini-2.5-flash", "env:GOOGLE_API_KEY", null);

    [Fact]
    public void The_agents_own_key_says_whose_models_it_wants() =>
        AssertModel("openai_api_key: env:MINE", s_google, "openai", "gpt-4o-mini", "env:MINE", null);

    [Fact]
    public void Its_own_model_counts() => AssertModel("model: big", s_google, "google", "big", "env:GOOGLE_API_KEY", null);

    [Fact]
    public void The_nodes_model_counts_for_all_and_its_google_model_for_googles()
    {
        AssertModel("description: x", s_openAi with { Model = "big", GoogleModel = "g" }, "openai", "big", "env:OPENAI_API_KEY", null);
        AssertModel("description: x", s_openAi with { GoogleModel = "g" }, "openai", "gpt-4o-mini", "env:OPENAI_API_KEY", null);
        AssertModel("description: x", s_google with { GoogleModel = "g" }, "google", "g", "env:GOOGLE_API_KEY", null);
    }

    [Fact]
    public void The_nodes_key_is_never_sent_to_an_agents_own_address() =>
        AssertModel("openai_base_url: https://elsewhere.example/v1", s_openAi with { GoogleKey = "env:GOOGLE_API_KEY" }, "openai", "gpt-4o-mini", null, "https://elsewhere.example/v1");

    [Fact]
    public void The_nodes_key_for_openai_is_never_sent_to_the_nodes_other_address() =>
        AssertModel("openai_base_url: https://api.openai.com/v1/\nopenai_api_key: env:MINE", s_openAi with { OpenAiBaseUrl = "https://mine.example/v1" }, "openai", "gpt-4o-mini", "env:MINE", "https://api.openai.com/v1/");

    [Fact]
    public void The_nodes_address_and_its_key_belong_together() =>
        AssertModel("description: x", s_openAi with { OpenAiBaseUrl = "https://mine.example/v1" }, "openai", "gpt-4o-mini", "env:OPENAI_API_KEY", "https://mine.example/v1");

    [Fact]
    public void The_same_address_written_with_a_slash_is_the_same() =>
        AssertModel("openai_base_url: https://mine.example/v1/", s_openAi with { OpenAiBaseUrl = "https://mine.example/v1" }, "openai", "gpt-4o-mini", "env:OPENAI_API_KEY", "https://mine.example/v1/");

    [Fact]
    public void The_executors_own_settings_stand_above_the_originals_fields() =>
        AssertModel("model: old\nexecutor: { llm: { model: new, provider: openai, apiKey: 'env:MINE' } }", s_google, "openai", "new", "env:MINE", null);

    [Fact]
    public void A_model_to_fall_back_on_is_bound_by_the_same_rules()
    {
        JsonElement settings = Settings("executor: { llm: { model: a, fallback: { baseUrl: 'https://elsewhere.example/v1' } } }", s_openAi);
        Assert.Equal("env:OPENAI_API_KEY", settings.GetProperty("apiKey").GetString());
        Assert.False(settings.GetProperty("fallback").TryGetProperty("apiKey", out _));
    }

    [Fact]
    public void A_key_of_the_executors_own_settings_goes_to_the_providers_own_address_and_not_to_the_nodes() =>
        AssertModel("executor: { llm: { provider: openai, apiKey: 'env:MINE' } }", s_openAi with { OpenAiBaseUrl = "https://mine.example/v1" }, "openai", "gpt-4o-mini", "env:MINE", null);

    [Theory]
    [InlineData("openai_api_key: env:MINE\nexecutor: { llm: { fallback: { baseUrl: 'https://elsewhere.example/v1' } } }")]
    [InlineData("openai_base_url: https://mine.example/v1\nopenai_api_key: env:MINE\nexecutor: { llm: { fallback: { baseUrl: 'https://elsewhere.example/v1' } } }")]
    [InlineData("api_key: env:MINE\nexecutor: { llm: { fallback: { provider: google, baseUrl: 'https://elsewhere.example/v1' } } }")]
    public void The_agents_key_does_not_follow_its_fallback_to_another_address(string fields)
    {
        Checked<FleetDeclaration> fleet = Read(fields, s_openAi);
        if (fleet.IsOk)
            Assert.False(JsonDocument.Parse(fleet.Value.Agents[0].Executor.Settings).RootElement.GetProperty("fallback").TryGetProperty("apiKey", out _));
        else
            Assert.Equal("BTR-1020", fleet.Refusal.Error.Code);
    }

    [Fact]
    public void The_agents_key_for_its_own_address_is_not_sent_where_the_node_asks()
    {
        JsonElement settings = Settings(
            "openai_base_url: https://mine.example/v1\nopenai_api_key: env:MINE\nexecutor: { llm: { fallback: { provider: openai, model: m } } }", s_openAi);
        Assert.Equal("env:MINE", settings.GetProperty("apiKey").GetString());
        Assert.Equal("env:OPENAI_API_KEY", settings.GetProperty("fallback").GetProperty("apiKey").GetString());
    }

    [Theory]
    [InlineData("http://127.0.0.1:11434/v1", true)]
    [InlineData("http://localhost:11434/v1", true)]
    [InlineData("http://192.0.2.7/v1", true)]
    [InlineData("http://ollama:11434/v1", true)]
    [InlineData("https://models.example/v1", false)]
    public void A_model_of_the_operators_own_machine_may_be_asked(string address, bool isLocal) =>
        Assert.Equal(isLocal, Settings($"openai_base_url: {address}", new ModelDefaults()).TryGetProperty("allowPrivate", out _));

    [Theory]
    [InlineData("description: x", "BTR-1020")]
    [InlineData("provider: google", "BTR-1020")]
    [InlineData("provider: openai", "BTR-1020")]
    [InlineData("openai_base_url: https://api.openai.com/v1", "BTR-1020")]
    [InlineData("provider: claude", "BTR-1012")]
    [InlineData("openai_api_key: env:NOWHERE", "BTR-1021")]
    [InlineData("api_key: file:nowhere", "BTR-1021")]
    [InlineData("api_key: keystore:nowhere", "BTR-1021")]
    public void What_no_model_can_answer_is_refused_before_the_node_starts(string fields, string code) => Assert.Equal(code, Read(fields, new ModelDefaults()).Refusal?.Error.Code);

    [Fact]
    public void Nobody_asks_for_keys_where_no_node_is_about_to_start()
    {
        Assert.True(AgentsFile.Parse("agents: [ { name: a } ]", "agents.yaml").IsOk);
        Assert.True(AgentsFile.Parse("agents: [ { name: a, api_key: 'env:NOWHERE' } ]", "agents.yaml").IsOk);
    }

    [Fact]
    public void A_key_in_clear_text_is_taken_with_a_warning_and_stays_out_of_the_settings()
    {
        FleetDeclaration fleet = Read("openai_api_key: hush-hush", new ModelDefaults()).OrThrow();

        Assert.DoesNotContain("hush", fleet.Agents[0].Executor.Settings, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", string.Concat(fleet.Warnings), StringComparison.Ordinal);
        Assert.Contains("line 2: openai_api_key of writer", Assert.Single(fleet.Warnings), StringComparison.Ordinal);
        var secret = Assert.Single(fleet.ClearSecrets);
        Assert.Equal(("keystore:agents/writer/openai_api_key", "hush-hush"), (secret.Key, secret.Value.Reveal()));
        Assert.Contains(secret.Key, fleet.Agents[0].Executor.Settings, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model: [a]", "line 3, column 31: llm, model: ")]
    [InlineData("apiKey: sk-clear-text", "line 3, column 32: llm, apiKey: ")]
    [InlineData("temperature: 3", "line 3, column 37: llm, temperature: ")]
    [InlineData("tools: [ { name: t, allow: [x], url: 'https://t.example/', headers: [] } ]", "llm, tools.0.headers: ")]
    public void What_the_executor_does_not_take_is_refused_at_its_place(string setting, string fault) =>
        Assert.Contains(fault, Read("executor: { llm: { " + setting + " } }", s_openAi).Refusal!.Sentence, StringComparison.Ordinal);

    private static void AssertModel(string fields, ModelDefaults defaults, string provider, string name, string? key, string? address)
    {
        JsonElement model = Settings(fields, defaults);
        Assert.Equal((provider, name, key, address), (Text(model, "provider"), Text(model, "model"), Text(model, "apiKey"), Text(model, "baseUrl")));
    }

    private static string? Text(JsonElement model, string name) => model.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static JsonElement Settings(string fields, ModelDefaults defaults)
    {
        using JsonDocument document = JsonDocument.Parse(Read(fields, defaults).OrThrow().Agents[0].Executor.Settings);
        return document.RootElement.Clone();
    }

    private static Checked<FleetDeclaration> Read(string fields, ModelDefaults defaults)
    {
        using var temp = new TempFolder();
        return AgentsFile.Parse(
            "agents:\n  - name: writer\n    " + fields.Replace("\n", "\n    ", StringComparison.Ordinal), "agents.yaml",
            defaults, new NodeSecrets(temp.Data, s_environment.GetValueOrDefault));
    }
}
