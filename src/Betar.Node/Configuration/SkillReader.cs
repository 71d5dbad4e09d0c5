using Betar.Grains.Abstractions.Agents;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads what an agent says that it can do.</summary>
internal static class SkillReader
{
    public const int MostSkills = 64;
    public const int LongestText = 1024;

    public static readonly string[] Fields = ["id", "name", "description", "tags", "input", "output"];

    public static IReadOnlyList<AgentSkill> Read(YamlMap agent, FaultList faults)
    {
        if (agent.Node("skills") is not { } node || YamlMap.IsNull(node))
            return [];
        if (node is not YamlSequenceNode list || list.Children.Count > MostSkills)
        {
            faults.Add(node, $"skills is a list of at most {MostSkills}; begin each with a dash");
            return [];
        }

        var skills = new List<AgentSkill>();
        foreach (var item in list)
        {
            if (YamlMap.From(item, "a skill", Fields, faults) is not { } map || Skill(map, faults) is not { } skill)
                continue;
            if (skills.Exists(known => known.SkillId == skill.SkillId))
                faults.Add(item, $"the skill \"{VisibleText.Of(skill.SkillId)}\" is there twice");
            else
                skills.Add(skill);
        }

        return skills;
    }

    private static AgentSkill? Skill(YamlMap map, FaultList faults)
    {
        if (map.Text("id") is not { Length: > 0 } id)
        {
            faults.Add(map.Place, "a skill needs an id");
            return null;
        }

        var name = map.Text("name") ?? id;
        var description = map.Text("description") ?? "";
        foreach (var text in new[] { id, name, description }.Where(text => text.Length > LongestText))
            faults.Add(map.Place, $"a skill's texts have at most {LongestText} characters, and one has {text.Length}");
        return new AgentSkill
        {
            SkillId = id, Name = name, Description = description, Tags = Tags(map, faults),
            InputSchema = Schema(map, "input", faults), OutputSchema = Schema(map, "output", faults),
        };
    }

    private static List<string> Tags(YamlMap map, FaultList faults)
    {
        if (map.Node("tags") is not { } node || YamlMap.IsNull(node))
            return [];
        if (node is YamlSequenceNode list && list.All(item => item is YamlScalarNode { Value.Length: > 0 and <= LongestText }))
            return [.. list.Select(item => ((YamlScalarNode)item).Value!)];
        faults.Add(node, "tags is a list of words");
        return [];
    }

    private static string Schema(YamlMap map, string field, FaultList faults)
    {
        if (map.Node(field) is not { } node || YamlMap.IsNull(node))
            return "";
        if (node is YamlMappingNode)
            return YamlJson.Of(node, faults) ?? "";
        faults.Add(node, $"{field} is a JSON schema, written as YAML");
        return "";
    }
}
