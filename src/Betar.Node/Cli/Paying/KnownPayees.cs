using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Betar.Ethereum;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Cli.Paying;

/// <summary>Everybody's payee, a file for each seller in the data folder, so that two purchases at once lose none.</summary>
internal sealed class KnownPayees(DataFolder folder)
{
    private const int LargestFile = 64 * 1024;

    private string Root => Path.Combine(folder.Root, "payees");

    /// <summary>Null for somebody who was never paid.</summary>
    public Checked<KnownPayee?> Find(string seller)
    {
        var path = PathOf(seller);
        return File.Exists(path) ? Read(path) : new Checked<KnownPayee?>(null, null);
    }

    /// <summary>All agents that are called so.</summary>
    public Checked<List<KnownPayee>> FindAgents(string agent)
    {
        var found = new List<KnownPayee>();
        foreach (var path in Directory.Exists(Root) ? Directory.EnumerateFiles(Root, "*.json") : [])
        {
            var known = Read(path);
            if (!known.IsOk)
                return known.Refusal;
            if (known.Value!.IsCalled(agent))
                found.Add(known.Value);
        }

        return found;
    }

    /// <summary>Puts this one in the place of whoever was kept before.</summary>
    public void Keep(KnownPayee payee) => SecretFile.Replace(PathOf(payee.Seller), Write(payee));

    /// <summary>False when somebody else kept one for this seller meanwhile.</summary>
    public bool TryKeepFirst(KnownPayee payee) => SecretFile.TryCreate(PathOf(payee.Seller), Write(payee));

    private static byte[] Write(KnownPayee payee)
    {
        using var text = new StringWriter();
        JsonOutput.WriteLine(text, writer =>
        {
            writer.WriteStartObject();
            writer.WriteString("seller", payee.Seller);
            writer.WriteString("name", payee.Name);
            writer.WriteString("where", payee.Where);
            writer.WriteString("payTo", payee.PayTo.ToString());
            writer.WriteEndObject();
        });
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static Checked<KnownPayee?> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                return Malformed(path, null);
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            return Address.TryParse(root.GetProperty("payTo").GetString(), out var payTo)
                ? new KnownPayee(root.GetProperty("seller").GetString()!, root.GetProperty("name").GetString()!, root.GetProperty("where").GetString()!, payTo)
                : Malformed(path, null);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return Malformed(path, fault);
        }
    }

    private static CliRefusal Malformed(string path, Exception? fault) => ErrorCatalog.KeyFileMalformed.Refuse(
        $"{path} does not say who was paid", "remove it only if you know the seller's account") with { Cause = fault };

    private string PathOf(string seller) => Path.Combine(Root, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(seller))) + ".json");
}
