using System.Text;
using Betar.Agents.Secrets;
using Betar.Node.Cli;
using Betar.Node.Folder;

namespace Betar.Node.Configuration.Secrets;

/// <summary>The secrets of one node: variables, files, files of its keystore, and what its own files and options hold in clear text.</summary>
internal sealed class NodeSecrets(DataFolder folder, EnvironmentVariables environment) : ISecretSource
{
    private IReadOnlyDictionary<string, Secret> options = new Dictionary<string, Secret>();
    private volatile IReadOnlyDictionary<string, Secret> file = new Dictionary<string, Secret>();

    public KeystoreSecrets Kept { get; } = new(folder);

    public bool IsReference(string text) => SecretReference.IsOne(text);

    public string? Find(string reference)
    {
        if (After(reference, SecretReference.Environment) is { } variable)
            return environment(variable) is { Length: > 0 } value ? value : null;
        if (After(reference, SecretReference.File) is { } path)
            return Read(Path.Combine(folder.Root, path));
        if ((options.GetValueOrDefault(reference) ?? file.GetValueOrDefault(reference)) is { } clear)
            return clear.Reveal();
        return After(reference, SecretReference.Keystore) is { } name && KeystoreSecrets.IsName(name) ? Read(Kept.FileOf(name)) : null;
    }

    /// <summary>A key that came as an option, under the reference that is returned.</summary>
    public string Keep(string name, Secret secret)
    {
        var reference = SecretReference.OfNode(name);
        options = new Dictionary<string, Secret>(options) { [reference] = secret };
        return reference;
    }

    /// <summary>What the newest reading of the file of agents found; what an older one found is forgotten.</summary>
    public void Use(IReadOnlyDictionary<string, Secret> clear) => file = clear;

    private static string? After(string reference, string prefix) =>
        reference.Length > prefix.Length && reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..] : null;

    private static string? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        var content = SecretFile.Read(path, KeystoreSecrets.Longest);
        if (!content.IsOk)
            return null;
        var text = Encoding.UTF8.GetString(content.Value).TrimEnd('\r', '\n');
        return text.Length > 0 ? text : null;
    }
}
