using System.Text.Json.Nodes;

namespace Betar.Benchmarks.Libp2p;

/// <summary>Our side of the bench in a process of its own: the same JSON lines as the js partner, one command after the other.</summary>
internal static class OurPeer
{
    public const string Verb = "--libp2p-peer";

    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        await using var commands = new OurCommands();
        while (await input.ReadLineAsync() is { } line)
        {
            var command = JsonNode.Parse(line)!.AsObject();
            JsonObject answer;
            try
            {
                answer = await commands.RunAsync(command);
                answer["ok"] = true;
            }
            catch (Exception error)
            {
                answer = new JsonObject { ["ok"] = false, ["error"] = new JsonObject { ["name"] = error.GetType().Name, ["message"] = error.ToString() } };
            }

            answer["id"] = command["id"]!.GetValue<int>();
            await output.WriteLineAsync(answer.ToJsonString());
            await output.FlushAsync();
        }

        return 0;
    }
}
