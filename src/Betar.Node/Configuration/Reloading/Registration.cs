using System.Text.Json;
using Betar.Node.Configuration.Editing;
using Betar.Node.Configuration.Models;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Errors;

namespace Betar.Node.Configuration.Reloading;

/// <summary>What somebody who registers an agent says about it, as fields of the file. Keys go into the keystore, never into the file.</summary>
internal static class Registration
{
    /// <summary>Names in a request, and in the file.</summary>
    private static readonly (string Asked, string Field)[] Plain =
    [
        ("description", "description"), ("price", "price"), ("priceAtomic", "priceAtomic"), ("payTo", "payTo"), ("model", "model"), ("provider", "provider"),
        ("openaiBaseUrl", "openai_base_url"),
    ];

    private static readonly (string Asked, string Field)[] Keys = [("apiKey", "api_key"), ("openaiApiKey", "openai_api_key")];

    public static Checked<IReadOnlyList<AgentEdit>> Read(JsonElement arguments, string name, KeystoreSecrets kept)
    {
        if (arguments.TryGetProperty("onChain", out var chain) && chain.ValueKind == JsonValueKind.True)
            return ErrorCatalog.NoRegistration.Refuse("onChain asks for a registration on a chain");
        var fields = new List<AgentEdit>();
        foreach (var (asked, field) in Plain)
        {
            if (Text(arguments, asked) is { } value)
                fields.Add(new AgentEdit(field, value));
        }

        foreach (var (asked, field) in Keys)
        {
            // A reference of a stranger would read the node's own variables and files: here a key is a key.
            if (Text(arguments, asked) is { } key)
                fields.Add(new AgentEdit(field, kept.Put(KeystoreSecrets.NameFor(name, field), key)));
        }

        if (Text(arguments, "builtin") is { } builtin)
            fields.Add(AgentEdit.Builtin(builtin));
        return Text(arguments, "openaiBaseUrl") is { } address && ModelBinder.IsLocal(address)
            ? ErrorCatalog.BadOptionValue.Refuse(
                "openaiBaseUrl is an address of this machine or its network, which is not taken from a request", "declare the agent in agents.yaml, or with betar agent config add")
            : fields;
    }

    private static string? Text(JsonElement arguments, string name) =>
        !arguments.TryGetProperty(name, out var value) ? null
        : value.ValueKind == JsonValueKind.String ? (value.GetString() is { Length: > 0 } text ? text : null)
        : value.ValueKind == JsonValueKind.Number ? value.GetRawText() : null;
}
