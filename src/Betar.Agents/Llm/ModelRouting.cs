namespace Betar.Agents.Llm;

/// <summary>
/// Finds the endpoint, model and key of a model's settings. A key and an endpoint belong together: whoever names an endpoint of its
/// own gets no key of the node, and a key without an endpoint goes to the provider's own.
/// </summary>
internal static class ModelRouting
{
    public const string OpenAi = "openai";
    public const string Google = "google";

    private static readonly Uri s_openAi = new("https://api.openai.com/v1/");

    /// <summary>Google's endpoint that speaks OpenAI's language.</summary>
    private static readonly Uri s_google = new("https://generativelanguage.googleapis.com/v1beta/openai/");

    /// <returns>Null when nobody named a key or an endpoint.</returns>
    public static ModelEndpoint? Find(ModelSettings own, LlmDefaults node, bool allowPrivate) =>
        Place(own, node, allowPrivate) is { } endpoint ? endpoint with { InputPrice = own.InputPrice, OutputPrice = own.OutputPrice } : null;

    private static ModelEndpoint? Place(ModelSettings own, LlmDefaults node, bool allowPrivate)
    {
        bool ownEndpoint = own.BaseUrl.Length > 0 || own.ApiKey.Length > 0;
        string nodeProvider = node.Provider.Length > 0 ? node.Provider : node.GoogleKey.Length > 0 ? Google : OpenAi;
        string provider = own.Provider.Length > 0 ? own.Provider : ownEndpoint ? OpenAi : nodeProvider;
        string model = own.Model.Length > 0 ? own.Model
            : provider == nodeProvider && node.Model.Length > 0 ? node.Model
            : provider != Google ? "gpt-4o-mini"
            : node.GoogleModel.Length > 0 ? node.GoogleModel : "gemini-2.5-flash";

        if (ownEndpoint)
            return new ModelEndpoint(own.BaseUrl.Length > 0 ? Folder(own.BaseUrl) : Default(provider), model, own.ApiKey, allowPrivate);
        if (provider == Google)
            return node.GoogleKey.Length == 0 ? null : new ModelEndpoint(s_google, model, node.GoogleKey, allowPrivate);
        if (node.OpenAiBaseUrl.Length > 0)
            return new ModelEndpoint(Folder(node.OpenAiBaseUrl), model, node.OpenAiKey, allowPrivate || node.AllowPrivate);
        return node.OpenAiKey.Length == 0 ? null : new ModelEndpoint(s_openAi, model, node.OpenAiKey, allowPrivate);
    }

    private static Uri Default(string provider) => provider == Google ? s_google : s_openAi;

    /// <summary>Paths are put behind it.</summary>
    private static Uri Folder(string url) => new(url.EndsWith('/') ? url : url + "/");
}
