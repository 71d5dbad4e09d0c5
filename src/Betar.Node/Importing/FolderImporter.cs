using System.Security.Cryptography;
using System.Text.Json;
using Betar.Crypto;
using Betar.Ethereum;
using Betar.Ethereum.Keys;
using Betar.Libp2p.Identity;
using Betar.Node.Cli;
using Betar.Node.Configuration;
using Betar.Node.Configuration.Settings;
using Betar.Node.Errors;
using Betar.Node.Folder;
using Betar.Node.Importing.LevelDb;
using Betar.Storage;

namespace Betar.Node.Importing;

/// <summary>Takes over a data folder of the original: who the node is, what it earns to, its agents and its history. The folder is only read.</summary>
/// <param name="from">The original's folder.</param>
/// <param name="context">Where it goes, and who may be asked for a password.</param>
/// <param name="replace">What is there and is another is put aside.</param>
/// <param name="passwordFile">Of an encrypted wallet.</param>
internal sealed class FolderImporter(DataFolder from, CommandContext context, bool replace, string? passwordFile)
{
    private const int LongestWallet = 16 * 1024;
    private const int LongestText = 16 * 1024 * 1024;
    private const string Aside = ".before-import";

    private readonly ImportPlan plan = new();

    private DataFolder To => context.Data;

    public Checked<ImportPlan> Make()
    {
        if (!Directory.Exists(from.Root))
            return ErrorCatalog.NothingToImport.Refuse($"{from.Root} is not a folder");
        if (string.Equals(from.Root.TrimEnd('/'), To.Root.TrimEnd('/'), StringComparison.Ordinal))
            return ErrorCatalog.NothingToImport.Refuse($"{from.Root} is the data folder itself", "run betar up on it: it is taken as it is");
        PlanIdentity();
        PlanWallet();
        PlanText("config", from.Config, To.Config, path => ConfigFile.Read(path).Refusal);
        PlanText("agents", from.Agents, To.Agents, CheckAgents);
        PlanText("tokens", Path.Combine(from.Root, "eip8004_tokens.json"), Path.Combine(To.Root, "eip8004_tokens.json"), CheckTokens);
        PlanSessions();
        PlanWorkflows();
        if (plan.Refusal is { } refusal)
            return refusal;
        return plan.Items.All(item => item.State == ImportItem.Missing)
            ? ErrorCatalog.NothingToImport.Refuse($"{from.Root} has nothing that the original keeps")
            : plan;
    }

    private void PlanIdentity()
    {
        if (!File.Exists(from.IdentityKey))
        {
            plan.Add(new ImportItem("identity", ImportItem.Missing, ""));
            return;
        }

        var source = NodeIdentity.Load(from);
        if (!source.IsOk)
        {
            plan.Refuse(source.Refusal);
            return;
        }

        var peer = source.Value.PeerId;
        if (!Decide("identity", File.Exists(To.IdentityKey), NodeIdentity.Load(To) is { IsOk: true, Value.PeerId: var known } && known == peer, peer, To.IdentityKey))
            return;
        plan.Add(new ImportItem("identity", ImportItem.Imported, peer) { Do = _ => CopyAsync(from.IdentityKey, To.IdentityKey, NodeIdentity.FileSize) });
    }

    private void PlanWallet()
    {
        if (!File.Exists(from.PlainWallet))
        {
            plan.Add(new ImportItem("wallet", ImportItem.Missing, ""));
            return;
        }

        var opened = OpenWallet();
        if (!opened.IsOk)
        {
            plan.Refuse(opened.Refusal);
            return;
        }

        var key = opened.Value;
        var address = Address.FromKey(key);
        var wallets = new Wallets(To, context.Environment);
        var known = wallets.List().FirstOrDefault(wallet => wallet.Name == Wallets.Main);
        if (Decide("wallet", known is not null, known?.Address == address, address.ToString(), wallets.FileOf(Wallets.Main)))
            plan.Add(new ImportItem("wallet", ImportItem.Imported, address.ToString())
            {
                Do = _ =>
                {
                    using (key)
                    {
                        PutAside(wallets.FileOf(Wallets.Main));
                        return wallets.Add(Wallets.Main, key) is { } refusal ? throw new CliRefusedException(refusal) : Task.CompletedTask;
                    }
                },
            });
    }

    private Checked<PrivateKey> OpenWallet()
    {
        var content = SecretFile.Read(from.PlainWallet, LongestWallet);
        if (!content.IsOk)
            return content.Refusal;
        try
        {
            if (!BetarWalletFile.IsSealed(content.Value))
                return Result(BetarWalletFile.Read(content.Value));
            var password = passwordFile is not null ? WalletPasswords.ReadFile(passwordFile)
                : context.AskSecret?.Invoke($"Password of {from.PlainWallet}") is { } typed ? typed
                : ErrorCatalog.WalletPasswordMissing.Refuse($"The key file {from.PlainWallet} is encrypted", "name the file of its password with --password-file");
            if (!password.IsOk)
                return password.Refusal;
            using var secret = password.Value;
            return Result(BetarWalletFile.ReadSealed(content.Value, secret.Span));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content.Value);
        }
    }

    private Checked<PrivateKey> Result(KeystoreResult result) => result.TryGetKey(out var key) ? key : WalletRefusals.Of(result, from.PlainWallet);

    private void PlanText(string what, string source, string target, Func<string, CliRefusal?> check)
    {
        if (!File.Exists(source))
        {
            plan.Add(new ImportItem(what, ImportItem.Missing, ""));
            return;
        }

        if (check(source) is { } refusal)
            plan.Refuse(refusal);
        else if (Decide(what, File.Exists(target), File.Exists(target) && File.ReadAllBytes(target).AsSpan().SequenceEqual(File.ReadAllBytes(source)), Path.GetFileName(source), target))
            plan.Add(new ImportItem(what, ImportItem.Imported, Path.GetFileName(source)) { Do = _ => CopyAsync(source, target, LongestText) });
    }

    private CliRefusal? CheckAgents(string path)
    {
        var fleet = AgentsFile.Load(path);
        if (fleet.IsOk)
            plan.Warnings.AddRange(fleet.Value.Warnings.Select(warning => $"{path}, {warning}"));
        return fleet.Refusal;
    }

    private static CliRefusal? CheckTokens(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.EnumerateObject().All(token => token.Value.ValueKind == JsonValueKind.String && token.Value.GetString()!.All(char.IsAsciiDigit)))
                return null;
        }
        catch (JsonException)
        {
            // Said below: it is not the original's file.
        }

        return ErrorCatalog.BadConfiguration.Refuse($"{path} is not a list of agents and their token numbers");
    }

    private void PlanSessions()
    {
        if (Entries("sessions") is not { } entries)
            return;
        var exchanges = ImportedSessions.Read(entries, plan.Warnings);
        plan.Add(new ImportItem("sessions", ImportItem.Imported, $"{exchanges.Count} exchanges")
        {
            Do = async _ =>
            {
                // Closing waits until all of it is on the disk.
                await using var database = BetarDatabase.Open(To.Database, new BetarDatabaseOptions { Sessions = { MaxWaiting = 100_000 } }, context.Time);
                foreach (var exchange in exchanges)
                    database.Sessions.Record(exchange);
            },
        });
    }

    private void PlanWorkflows()
    {
        if (Entries("workflows") is not { } entries)
            return;
        var lines = new List<string>();
        foreach (var (key, value) in entries)
        {
            try
            {
                using var document = JsonDocument.Parse(value);
                lines.Add(JsonSerializer.Serialize(document.RootElement));
            }
            catch (JsonException)
            {
                plan.Warnings.Add($"workflows: {VisibleText.Of(key)} is not in the original's form, and is left out");
            }
        }

        var target = Path.Combine(To.Root, "imported-workflows.jsonl");
        plan.Add(new ImportItem("workflows", ImportItem.Imported, $"{lines.Count} in {Path.GetFileName(target)}")
        {
            Do = _ =>
            {
                SecretFile.Replace(target, System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\n"))));
                return Task.CompletedTask;
            },
        });
    }

    private IReadOnlyList<KeyValuePair<string, byte[]>>? Entries(string name)
    {
        var folder = Path.Combine(from.Root, name);
        if (Directory.Exists(folder))
            return LevelDbReader.Read(folder, new LevelDbLimits(), plan.Warnings);
        plan.Add(new ImportItem(name, ImportItem.Missing, ""));
        return null;
    }

    /// <summary>True when it is to be imported.</summary>
    private bool Decide(string what, bool isThere, bool isSame, string detail, string target)
    {
        if (isSame)
            plan.Add(new ImportItem(what, ImportItem.Same, detail));
        else if (isThere && !replace)
            plan.Refuse(ErrorCatalog.ImportConflict.Refuse($"{target} is there already, and is another {what} than that of {from.Root}"));
        else
            return true;
        return false;
    }

    private static Task CopyAsync(string source, string target, int limit)
    {
        var bytes = File.ReadAllBytes(source);
        try
        {
            if (bytes.Length > limit)
                throw new CliRefusedException(ErrorCatalog.BadYaml.Refuse($"{source} is larger than {limit} bytes"));
            PutAside(target);
            SecretFile.Replace(target, bytes);
            return Task.CompletedTask;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>What was there keeps a name of its own.</summary>
    private static void PutAside(string path)
    {
        if (!File.Exists(path))
            return;
        var aside = path + Aside;
        for (var number = 2; File.Exists(aside); number++)
            aside = $"{path}{Aside}-{number}";
        File.Move(path, aside);
    }
}
