using Betar.Agents.Secrets;
using Betar.Node.Configuration.Models;

namespace Betar.Node.Configuration;

/// <summary>What a file of agents is read against, and what is found beside the agents.</summary>
/// <param name="llm">What an llm agent falls back on; null: its keys and models are not looked for.</param>
/// <param name="secrets">Says whether a reference leads to a secret; null: nobody asks.</param>
internal sealed class FleetReading(ModelDefaults? llm, ISecretSource? secrets)
{
    private readonly Dictionary<string, Secret> clear = new(StringComparer.Ordinal);
    private readonly List<string> warnings = [];

    public ModelDefaults? Llm => llm;

    public IReadOnlyDictionary<string, Secret> Clear => clear;

    public IReadOnlyList<string> Warnings => warnings;

    public bool Leads(string reference) => clear.ContainsKey(reference) || secrets is null || secrets.Find(reference) is not null;

    /// <summary>A reference as it is; a clear secret gets one that is good in this process.</summary>
    public string ReferenceFor(string agent, string field, Secret given, long line)
    {
        var text = given.Reveal();
        if (SecretReference.IsOne(text))
            return text;
        var reference = SecretReference.OfAgent(agent, field);
        clear[reference] = given;
        warnings.Add($"line {line}: {field} of {agent} is written in clear text; put it into a variable and write {field}: env:NAME");
        return reference;
    }
}
