import java.nio.file.*;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Tells of each file and each standard whether the file meets it, and if not which clauses it fails and where. */
public class VeraCheck {
    public static void main(String[] files) throws Exception {
        VeraGreenfieldFoundryProvider.initialise();
        for (String file : files) {
            for (PDFAFlavour flavour : new PDFAFlavour[] {PDFAFlavour.PDFUA_1, PDFAFlavour.PDFA_2_A}) {
                try (PDFAParser parser = Foundries.defaultInstance().createParser(Files.newInputStream(Path.of(file)), flavour);
                        PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, 20, false, false, false)) {
                    ValidationResult result = validator.validate(parser);
                    System.out.println((result.isCompliant() ? "valid " : "faulty ") + flavour.getId() + " " + file);
                    for (TestAssertion found : result.getTestAssertions()) {
                        System.out.println("  " + found.getStatus() + " " + found.getRuleId().getClause() + "-"
                            + found.getRuleId().getTestNumber() + " " + found.getMessage() + " " + found.getLocation().getContext());
                    }
                }
            }
        }
    }
}
