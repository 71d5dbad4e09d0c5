using System.Net;
using System.Text.Json.Nodes;
using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Models;

/// <summary>
/// Fills in what an llm agent leaves out: provider, address, model, key. The node's keys go only to the address that they were given
/// for: an agent with an address of its own brings its own key, or asks without one.
/// </summary>
internal static class ModelBinder
{
    /// <param name="settings">What the executor itself says; it stands above the original's fields.</param>
    /// <param name="agent">The agent's other fields.</param>
    /// <param name="reading">The node's fall-backs.</param>
    /// <param name="place">Where a fault is shown.</param>
    /// <param name="faults">Takes what is wrong.</param>
    public static JsonObject Bind(JsonObject settings, AgentDeclaration agent, FleetReading reading, YamlNode place, FaultList faults)
    {
        var googleKey = Reference(agent, "api_key", agent.ApiKey, reading, place);
        var openAiKey = Reference(agent, "openai_api_key", agent.OpenAiApiKey, reading, place);
        var before = faults.Count;
        Fill(settings, "provider", Named(agent.Provider));
        Fill(settings, "model", agent.Model);
        BindModel(settings, settings, agent.OpenAiBaseUrl, googleKey, openAiKey, agent.Name, reading, place, faults);
        if (settings["fallback"] is JsonObject fallback && faults.Count == before)
            BindFallback(settings, fallback, agent, googleKey, openAiKey, reading, place, faults);
        return settings;
    }

    /// <summary>The agent's keys were given for where the agent itself is asked; a model to fall back on gets them there and nowhere else.</summary>
    private static void BindFallback(
        JsonObject settings, JsonObject fallback, AgentDeclaration agent, string? googleKey, string? openAiKey, FleetReading reading, YamlNode place, FaultList faults)
    {
        var usual = reading.Llm?.OpenAiBaseUrl ?? ModelEndpoints.OpenAiUrl;
        var asked = Text(fallback, "baseUrl");
        var isSame = ModelEndpoints.AreSame(asked ?? usual, agent.OpenAiBaseUrl ?? usual);
        BindModel(settings, fallback, null, asked is null ? googleKey : null, isSame ? openAiKey : null, agent.Name, reading, place, faults);
    }

    private static void BindModel(
        JsonObject settings, JsonObject model, string? own, string? googleKey, string? openAiKey, string agent, FleetReading reading, YamlNode place, FaultList faults)
    {
        var llm = reading.Llm ?? new ModelDefaults();
        switch (ProviderOf(model, llm, own, googleKey, openAiKey))
        {
            case ModelEndpoints.Google:
                Fill(model, "provider", ModelEndpoints.Google);
                Fill(model, "model", llm.Model ?? llm.GoogleModel ?? ModelEndpoints.GoogleModel);
                Fill(model, "apiKey", googleKey ?? (Text(model, "baseUrl") is null ? llm.GoogleKey : null));
                Need(model, "a key for Google's models: api_key, or the variable GOOGLE_API_KEY", reading, place, faults);
                break;
            case ModelEndpoints.OpenAi:
                Fill(model, "provider", ModelEndpoints.OpenAi);
                Fill(model, "baseUrl", own ?? (Text(model, "apiKey") is null ? llm.OpenAiBaseUrl : null));
                var asked = Text(model, "baseUrl") ?? ModelEndpoints.OpenAiUrl;
                Fill(model, "model", llm.Model ?? ModelEndpoints.OpenAiModel);
                Fill(model, "apiKey", openAiKey ?? (ModelEndpoints.AreSame(asked, llm.OpenAiBaseUrl ?? ModelEndpoints.OpenAiUrl) ? llm.OpenAiKey : null));
                if (ModelEndpoints.AreSame(asked, ModelEndpoints.OpenAiUrl))
                    Need(model, "a key for OpenAI's models: openai_api_key, or the variable OPENAI_API_KEY", reading, place, faults);
                else if (IsLocal(asked) && settings["allowPrivate"] is null)
                    settings["allowPrivate"] = true;
                break;
            case "" when reading.Llm is null:
                break;
            case "":
                faults.Add(ErrorCatalog.NoModel, place, $"{agent} has no model to work with: neither a key nor the address of a model is given");
                break;
            case var other:
                faults.Add(place, $"there is no provider \"{VisibleText.Of(other)}\", only {ModelEndpoints.Google} and {ModelEndpoints.OpenAi}");
                break;
        }

        if (Text(model, "apiKey") is { } reference && SecretReference.IsOne(reference) && reading.Llm is not null && !reading.Leads(reference))
            faults.Add(ErrorCatalog.SecretMissing, place, $"there is no secret under {VisibleText.Of(reference)}");
    }

    private static string ProviderOf(JsonObject model, ModelDefaults llm, string? own, string? googleKey, string? openAiKey)
    {
        if (Named(Text(model, "provider")) is { } named)
            return named;
        if ((Text(model, "baseUrl") ?? own) is not null)
            return ModelEndpoints.OpenAi;
        if (googleKey is not null || openAiKey is not null)
            return googleKey is not null ? ModelEndpoints.Google : ModelEndpoints.OpenAi;
        if (Named(llm.Provider) is { } nodes)
            return nodes;
        return llm.GoogleKey is not null ? ModelEndpoints.Google : llm.OpenAiKey is not null || llm.OpenAiBaseUrl is not null ? ModelEndpoints.OpenAi : "";
    }

    /// <summary>The operator's own file names an address of this machine or its network: that is meant.</summary>
    public static bool IsLocal(string address) => Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.IsLoopback || IPAddress.TryParse(uri.Host.Trim('[', ']'), out _) || !uri.Host.Contains('.', StringComparison.Ordinal));

    private static string? Named(string? provider) => provider?.Trim().ToLowerInvariant() is { Length: > 0 } name ? name : null;

    private static string? Reference(AgentDeclaration agent, string field, Secret? given, FleetReading reading, YamlNode place) =>
        given is null ? null : reading.ReferenceFor(agent.Name, field, given, place.Start.Line);

    private static void Need(JsonObject model, string what, FleetReading reading, YamlNode place, FaultList faults)
    {
        if (reading.Llm is not null && Text(model, "apiKey") is null)
            faults.Add(ErrorCatalog.NoModel, place, $"there is no {what}");
    }

    /// <summary>What is absent or empty; what is of another shape is for the executor to refuse.</summary>
    private static void Fill(JsonObject model, string name, string? value)
    {
        var isFree = model[name] is null || (model[name] is JsonValue here && here.TryGetValue(out string? text) && text.Length == 0);
        if (value is not null && isFree)
            model[name] = value;
    }

    private static string? Text(JsonObject model, string name) =>
        model[name] is JsonValue value && value.TryGetValue(out string? text) && text.Length > 0 ? text : null;
}
