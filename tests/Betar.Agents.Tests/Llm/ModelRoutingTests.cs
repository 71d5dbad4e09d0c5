using Betar.Agents.Llm;

namespace Betar.Agents.Tests.Llm;

public sealed class ModelRoutingTests
{
    private const string OpenAi = "https://api.openai.com/v1/";
    private const string Google = "https://generativelanguage.googleapis.com/v1beta/openai/";

    private static readonly LlmDefaults s_both = new() { GoogleKey = "env:G", OpenAiKey = "env:O", Model = "gemini-x" };

    [Fact]
    public void An_agent_with_an_endpoint_of_its_own_never_gets_the_nodes_key()
    {
        foreach (string provider in new[] { "", "openai", "google" })
        {
            ModelEndpoint found = ModelRouting.Find(new ModelSettings { Provider = provider, BaseUrl = "https://thief.example/v1" }, s_both, false)!;
            Assert.Equal(("https://thief.example/v1/", ""), (found.BaseUrl.ToString(), found.KeyReference));
        }
    }

    [Fact]
    public void A_key_without_an_endpoint_goes_to_the_providers_own_and_not_to_the_nodes()
    {
        var node = new LlmDefaults { OpenAiBaseUrl = "https://node.example/v1", OpenAiKey = "env:NODE" };

        Assert.Equal((OpenAi, "env:MINE"), Of(new ModelSettings { ApiKey = "env:MINE" }, node));
        Assert.Equal((Google, "env:MINE"), Of(new ModelSettings { Provider = "google", ApiKey = "env:MINE" }, node));
    }

    [Fact]
    public void The_nodes_key_goes_where_the_node_says()
    {
        Assert.Equal((Google, "env:G"), Of(new ModelSettings(), s_both));
        Assert.Equal((OpenAi, "env:O"), Of(new ModelSettings { Provider = "openai" }, s_both));
        Assert.Equal(("https://node.example/v1/", "env:O"), Of(new ModelSettings(), new LlmDefaults { OpenAiKey = "env:O", OpenAiBaseUrl = "https://node.example/v1" }));
        Assert.Equal(("http://localhost:11434/v1/", ""), Of(new ModelSettings(), new LlmDefaults { OpenAiBaseUrl = "http://localhost:11434/v1/" }));
    }

    [Fact]
    public void Without_key_and_endpoint_there_is_no_model()
    {
        Assert.Null(ModelRouting.Find(new ModelSettings(), new LlmDefaults(), false));
        Assert.Null(ModelRouting.Find(new ModelSettings { Provider = "google" }, new LlmDefaults { OpenAiKey = "env:O" }, false));
        Assert.Null(ModelRouting.Find(new ModelSettings { Provider = "openai" }, new LlmDefaults { GoogleKey = "env:G" }, false));
    }

    [Theory]
    [InlineData("", "", "gemini-x")]
    [InlineData("openai", "", "gpt-4o-mini")]
    [InlineData("google", "", "gemini-x")]
    [InlineData("openai", "mine", "mine")]
    public void The_nodes_model_is_for_the_nodes_provider(string provider, string own, string model) =>
        Assert.Equal(model, ModelRouting.Find(new ModelSettings { Provider = provider, Model = own }, s_both, false)!.Model);

    [Fact]
    public void Only_the_nodes_own_endpoint_may_be_inside_by_the_nodes_word()
    {
        var node = new LlmDefaults { OpenAiBaseUrl = "http://localhost:1/", AllowPrivate = true };

        Assert.True(ModelRouting.Find(new ModelSettings(), node, false)!.AllowPrivate);
        Assert.False(ModelRouting.Find(new ModelSettings { BaseUrl = "http://localhost:1/" }, node, false)!.AllowPrivate);
    }

    private static (string Url, string Key) Of(ModelSettings own, LlmDefaults node) =>
        ModelRouting.Find(own, node, false) is { } found ? (found.BaseUrl.ToString(), found.KeyReference) : ("", "");
}
