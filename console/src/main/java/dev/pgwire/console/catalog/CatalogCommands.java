package dev.pgwire.console.catalog;

import dev.pgwire.console.catalog.relation.RelationDescription;
import dev.pgwire.console.shell.Call;
import dev.pgwire.console.shell.Call.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The commands that begin with {@code \d}, and {@code \l}, {@code \z}, {@code \lo_list}. */
public final class CatalogCommands {
    /** Their names, without {@code +} and {@code S}. */
    public static final List<String> NAMES =
            List.of(("d dA dAc dAf dAo dAp da db dc dconfig dC dd ddp dD des det deu dew dE df dF dFd dFp dFt"
                            + " dg di dl dL dm dn do dO dp dP dPi dPt drds dRp dRs ds dt dT du dv dx dX dy l lo_list z")
                    .split(" "));

    private CatalogCommands() {}

    public static boolean isOne(String name) {
        return name.startsWith("d")
                || switch (name) {
                    case "l", "l+", "list", "list+", "z", "zS", "lo_list", "lo_list+" -> true;
                    default -> false;
                };
    }

    public static Outcome run(Call call) {
        boolean takesPattern = !call.name().startsWith("lo_");
        Request request = new Request(call, takesPattern ? call.arguments().nextWithoutSemicolon() : null);
        try {
            Boolean success = perform(request);
            return success == null ? Outcome.UNKNOWN : Outcome.of(success);
        } catch (NamePattern.Invalid e) {
            call.shell().messages().error(String.valueOf(e.getMessage()));
            return Outcome.FAILED;
        }
    }

    private static @Nullable Boolean perform(Request request) throws NamePattern.Invalid {
        String name = request.name();
        if (!name.startsWith("d")) {
            return switch (name) {
                case "z", "zS" -> PrivilegeLists.relations(request);
                case "lo_list", "lo_list+" -> ObjectLists.largeObjects(request);
                default -> DatabaseLists.databases(request);
            };
        }
        return switch (name.length() > 1 ? name.charAt(1) : '+') {
            case '+', 'S' -> relations(request);
            case 'A' -> accessMethods(request);
            case 'a' -> FunctionLists.aggregates(request);
            case 'b' -> DatabaseLists.tablespaces(request);
            case 'c' ->
                name.startsWith("dconfig") ? DatabaseLists.parameters(request) : ObjectLists.conversions(request);
            case 'C' -> TypeLists.casts(request);
            case 'd' -> name.startsWith("ddp") ? PrivilegeLists.defaults(request) : CommentList.comments(request);
            case 'D' -> TypeLists.domains(request);
            case 'e' -> foreign(request);
            case 'f' -> "+Sanptw".indexOf(letter(name, '+')) >= 0 ? FunctionLists.functions(request) : null;
            case 'F' -> textSearch(request);
            case 'g', 'u' -> RoleLists.roles(request);
            case 'l' -> ObjectLists.largeObjects(request);
            case 'L' -> ObjectLists.languages(request);
            case 'n' -> SchemaList.schemas(request);
            case 'o' -> FunctionLists.operators(request);
            case 'O' -> ObjectLists.collations(request);
            case 'p' -> PrivilegeLists.relations(request);
            case 'P' -> "+tin".indexOf(letter(name, '+')) >= 0 ? PartitionedList.relations(request) : null;
            case 'r' -> name.startsWith("drds") ? RoleLists.settings(request) : null;
            case 'R' -> replication(request);
            case 't', 'v', 'm', 'i', 's', 'E' -> RelationList.relations(request, name.substring(1));
            case 'T' -> TypeLists.types(request);
            case 'x' -> request.isVerbose() ? ExtensionLists.contents(request) : ExtensionLists.extensions(request);
            case 'X' -> ObjectLists.statistics(request);
            case 'y' -> ObjectLists.eventTriggers(request);
            default -> null;
        };
    }

    private static boolean relations(Request request) throws NamePattern.Invalid {
        return request.pattern() == null
                ? RelationList.relations(request, "tvmsE")
                : RelationDescription.describe(request);
    }

    private static @Nullable Boolean accessMethods(Request request) throws NamePattern.Invalid {
        char letter = letter(request.name(), '+');
        String second = letter == '+' || request.pattern() == null
                ? null
                : request.call().arguments().nextWithoutSemicolon();
        return switch (letter) {
            case '+' -> AccessMethodLists.methods(request);
            case 'c' -> AccessMethodLists.classes(request, second);
            case 'f' -> AccessMethodLists.families(request, second);
            case 'o' -> AccessMethodLists.operators(request, second);
            case 'p' -> AccessMethodLists.functions(request, second);
            default -> null;
        };
    }

    private static @Nullable Boolean foreign(Request request) throws NamePattern.Invalid {
        return switch (letter(request.name(), '?')) {
            case 's' -> ForeignLists.servers(request);
            case 'u' -> ForeignLists.mappings(request);
            case 'w' -> ForeignLists.wrappers(request);
            case 't' -> ForeignLists.tables(request);
            default -> null;
        };
    }

    private static @Nullable Boolean textSearch(Request request) throws NamePattern.Invalid {
        return switch (letter(request.name(), '+')) {
            case '+' -> TextSearchLists.configurations(request);
            case 'p' -> TextSearchLists.parsers(request);
            case 'd' -> TextSearchLists.dictionaries(request);
            case 't' -> TextSearchLists.templates(request);
            default -> null;
        };
    }

    private static @Nullable Boolean replication(Request request) throws NamePattern.Invalid {
        return switch (letter(request.name(), '?')) {
            case 'p' ->
                request.isVerbose() ? PublicationLists.contents(request) : PublicationLists.publications(request);
            case 's' -> PublicationLists.subscriptions(request);
            default -> null;
        };
    }

    private static char letter(String name, char none) {
        return name.length() > 2 ? name.charAt(2) : none;
    }
}
