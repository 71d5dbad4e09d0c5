using Betar.Node.Folder;

namespace Betar.Node.Demo;

/// <summary>The agents of the demo's fleet, each with another kind of executor, declared in a file as an operator would.</summary>
internal static class DemoAgents
{
    /// <summary>Computes within the node.</summary>
    public const string Math = "math";

    /// <summary>A program of the machine.</summary>
    public const string Shout = "shout";

    /// <summary>A web service.</summary>
    public const string Letters = "letters";

    public const int Count = 3;

    /// <summary>A name of its own: whatever fleet the folder has stays as it is.</summary>
    public static string FileOf(DataFolder folder) => Path.Combine(folder.Root, "demo-agents.yaml");

    public static string Declare(Uri webhook) => $$"""
        agents:
          - name: {{Math}}
            description: Exact arithmetic.
            price: 0.0025
            executor: { builtin: math }

          - name: {{Shout}}
            description: Says it in capital letters.
            price: 0.001
            executor:
              process: { command: [tr, a-z, A-Z], idempotent: true }

          - name: {{Letters}}
            description: Counts letters.
            price: 0.0015
            executor:
              http: { url: "{{webhook}}", idempotent: true, allowPrivate: true }

        """;
}
